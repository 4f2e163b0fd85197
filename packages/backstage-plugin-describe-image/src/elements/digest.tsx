import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonIcon, Flex, Menu, MenuItem, MenuTrigger, VisuallyHidden } from '@backstage/ui';
import type { ReactElement } from 'react';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';
import { CopyResultButton } from './copy-button.tsx';
import { Icon } from './icons.tsx';
import { useCopy } from './use-copy.ts';

const SHOWN_HEX_DIGITS = 12;

/** `sha256:` and the first 12 hex digits, the length that Docker shows. */
export function shortDigest(digest: string): string {
  return digest.slice(0, 'sha256:'.length + SHOWN_HEX_DIGITS);
}

/** A shortened digest. The full digest is in the tooltip and available to text search and assistive technology. */
export function Digest(props: { readonly digest: string }): ReactElement {
  return (
    <code
      style={{
        fontFamily: 'var(--bui-font-monospace)',
        fontSize: 'var(--bui-font-size-2)',
        whiteSpace: 'nowrap',
      }}
      title={props.digest}
    >
      <span aria-hidden="true">{shortDigest(props.digest)}</span>
      <VisuallyHidden style={{ display: 'inline' }}>{props.digest}</VisuallyHidden>
    </code>
  );
}

/** A digest with a button that copies it. With a reference by digest, also a menu that copies the reference or a command. */
export function CopyableDigest(props: {
  readonly digest: string;
  /** Name of the image or tag, for the accessible names. */
  readonly image: string;
  /** `registry/namespace/repository:tag@sha256:…` */
  readonly pinned?: string | undefined;
}): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const { result, copy } = useCopy();
  const { digest, image, pinned } = props;
  return (
    <Flex align="center" gap="1" style={{ flexWrap: 'nowrap' }}>
      <Digest digest={digest} />
      <CopyResultButton
        hint={t('copy.digest')}
        label={t('copy.digestOf', { image })}
        onPress={() => copy(digest)}
        result={result}
      />
      {pinned !== undefined && (
        <MenuTrigger>
          <ButtonIcon
            aria-label={t('copy.menuOf', { image })}
            icon={<Icon name="more" />}
            size="small"
            variant="tertiary"
          />
          <Menu onAction={(text) => copy(String(text))}>
            <MenuItem id={digest}>{t('copy.digest')}</MenuItem>
            <MenuItem id={pinned}>{t('copy.pinned')}</MenuItem>
            <MenuItem id={`docker pull ${pinned}`}>{t('copy.dockerPull')}</MenuItem>
          </Menu>
        </MenuTrigger>
      )}
    </Flex>
  );
}
