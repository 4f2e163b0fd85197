import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ReactElement } from 'react';
import { describeImageTranslationRef } from '../translation-ref.ts';
import { formatAgo, formatExact } from './format-time.ts';
import { useNow } from './use-now.ts';

/** How long ago, kept up to date; the exact time is its title. */
export function Ago(props: { readonly instant: string }): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const now = useNow();
  return (
    <time dateTime={props.instant} title={formatExact(props.instant, t('locale'))}>
      {formatAgo(props.instant, now, t('locale'))}
    </time>
  );
}
