import { Flex, Skeleton, VisuallyHidden } from '@backstage/ui';
import type { ReactElement } from 'react';

/** Stands where something will be. */
export function LoadingRows(props: { readonly label: string; readonly rows?: number }): ReactElement {
  const rows = Array.from({ length: props.rows ?? 2 }, (_, row) => row);
  return (
    <div aria-busy="true" role="status">
      <VisuallyHidden>{props.label}</VisuallyHidden>
      <Flex direction="column" gap="4">
        {rows.map((row) => (
          <Flex direction="column" gap="2" key={row}>
            <Skeleton height={18} width="60%" />
            <Skeleton height={14} width="85%" />
            <Skeleton height={22} width="40%" />
          </Flex>
        ))}
      </Flex>
    </div>
  );
}
