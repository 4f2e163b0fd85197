import type { ImageReport } from '@describe-image/backstage-plugin-describe-image-common';
import type { ReactElement, ReactNode } from 'react';
import { imageName, repositoryPath } from './image-name.ts';

const CUT = { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' } as const;

/** The label or repository, and the tag, on one line. Long names are cut; the tooltip has the full name. */
export function ShortName(props: {
  readonly image: Pick<ImageReport, 'repository' | 'tag' | 'label'>;
  /** Renders the name, for example as a link. */
  readonly children?: (name: string) => ReactNode;
}): ReactElement {
  const { image, children = (name: string) => name } = props;
  const name = image.label ?? repositoryPath(image);
  return (
    <span
      style={{
        alignItems: 'baseline',
        display: 'inline-flex',
        gap: 'var(--bui-space-1)',
        maxWidth: '100%',
        minWidth: 0,
      }}
      title={imageName(image)}
    >
      <span style={{ ...CUT, fontWeight: 'var(--bui-font-weight-bold)' }}>{children(name)}</span>
      {image.tag !== undefined && (
        <code
          style={{
            ...CUT,
            flexShrink: 0,
            fontFamily: 'var(--bui-font-monospace)',
            fontSize: 'var(--bui-font-size-2)',
            lineHeight: 'inherit',
            maxWidth: '14ch',
          }}
        >
          {image.tag}
        </code>
      )}
    </span>
  );
}
