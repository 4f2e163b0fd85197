import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, VisuallyHidden } from '@backstage/ui';
import type { ReactElement, ReactNode } from 'react';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';
import { CopyButton } from './copy-button.tsx';

const SHOWN_HEX_DIGITS = 12;

/** `sha256:` and the first 12 hex digits, the length that Docker shows. */
export function shortDigest(digest: string): string {
  return digest.slice(0, 'sha256:'.length + SHOWN_HEX_DIGITS);
}

/** A shortened digest. The full digest is in the tooltip and available to text search and assistive technology. */
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

/** A digest with a button that copies it. */
export function CopyableDigest(props: {
  readonly digest: string;
  /** Name of the image or tag, for the button's accessible name. */
  readonly image: string;
  /** Further buttons. */
  readonly children?: ReactNode;
}): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  return (
    <Flex align="center" gap="1" style={{ flexWrap: 'wrap' }}>
      <Digest digest={props.digest} />
      <CopyButton
        hint={t('copy.digest')}
        label={t('copy.digestOf', { image: props.image })}
        text={props.digest}
      />
      {props.children}
    </Flex>
  );
}
