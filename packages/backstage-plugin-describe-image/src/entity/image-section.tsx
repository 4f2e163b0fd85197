import { Flex, Text } from '@backstage/ui';
import type { ReactElement, ReactNode } from 'react';
import type { BackEndData } from '../data/use-back-end-data.ts';
import { LoadingRows } from '../elements/request-state.tsx';
import { RequestFailure } from '../image/request-failure.tsx';

/** A section of the tab: its heading, the state of its request, and its content. */
export function ImageSection(props: {
  readonly title: string;
  readonly request: Omit<BackEndData<unknown>, 'data' | 'replace'>;
  readonly children: ReactNode;
}): ReactElement {
  const { title, request } = props;
  return (
    <section aria-label={title}>
      <Flex direction="column" gap="3">
        <Text as="h3" style={{ margin: 0, overflowWrap: 'anywhere' }} variant="title-x-small" weight="bold">
          {title}
        </Text>
        {request.error && (
          <RequestFailure error={request.error} loadedAt={request.loadedAt} onRetry={request.reload} />
        )}
        {request.loading && <LoadingRows rows={3} />}
        {props.children}
      </Flex>
    </section>
  );
}
