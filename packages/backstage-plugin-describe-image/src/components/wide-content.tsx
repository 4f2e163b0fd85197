import type { ReactElement, ReactNode } from 'react';

/** Scrolls in itself what is wider than a phone, so that the page does not. */
export function WideContent(props: {
  readonly children: ReactNode;
  readonly minWidth: number;
}): ReactElement {
  return (
    <div style={{ maxWidth: '100%', overflowX: 'auto' }}>
      <div style={{ minWidth: props.minWidth }}>{props.children}</div>
    </div>
  );
}
