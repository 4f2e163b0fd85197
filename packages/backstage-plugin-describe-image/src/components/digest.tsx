import { VisuallyHidden } from '@backstage/ui';
import type { ReactElement } from 'react';
import { shortDigest } from './short-digest.ts';

/** A digest, short to the eye and whole to hover, search and assistive technology. */
export function Digest(props: { readonly digest: string }): ReactElement {
  return (
    <code
      style={{ fontFamily: 'var(--bui-font-monospace)', fontSize: 'var(--bui-font-size-2)' }}
      title={props.digest}
    >
      <span aria-hidden="true">{shortDigest(props.digest)}</span>
      <VisuallyHidden style={{ display: 'inline' }}>{props.digest}</VisuallyHidden>
    </code>
  );
}
