import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ReactElement } from 'react';
import { describeImageTranslationRef } from '../translation-ref.ts';
import { Icon } from './icons.tsx';

/** Leads to the vendor's console. An address that is not https is not followed. */
export function ConsoleLink(props: {
  readonly url: string | undefined;
  readonly image: string;
}): ReactElement | null {
  const { t } = useTranslationRef(describeImageTranslationRef);
  if (props.url === undefined || new URL(props.url).protocol !== 'https:') return null;
  return (
    <a
      aria-label={t('image.consoleOf', { image: props.image })}
      href={props.url}
      rel="noopener noreferrer"
      style={{
        alignItems: 'center',
        color: 'var(--bui-fg-info)',
        display: 'inline-flex',
        fontFamily: 'var(--bui-font-regular)',
        fontSize: 'var(--bui-font-size-2)',
        gap: 'var(--bui-space-1)',
        whiteSpace: 'nowrap',
      }}
      target="_blank"
    >
      {t('image.console')}
      <Icon name="external" size={14} />
    </a>
  );
}
