import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type { ImageOverview } from '@describe-image/backstage-plugin-describe-image-common';
import type { ReactElement } from 'react';
import { Icon, type IconName } from '../elements/icons.tsx';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';

const states = [
  ['drift', 'split', 'var(--bui-fg-warning)'],
  ['failed', 'cross', 'var(--bui-fg-danger)'],
  ['unscanned', 'question', 'var(--bui-fg-secondary)'],
  ['risky', 'warning', 'var(--bui-fg-danger)'],
  ['clean', 'shield', 'var(--bui-fg-success)'],
] as const satisfies readonly (readonly [keyof ImageOverview['counts'], IconName, string])[];

/** The number of matching images per state. */
export function OverviewCounts(props: { readonly counts: ImageOverview['counts'] }): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  return (
    <ul
      aria-label={t('overview.counts')}
      style={{
        display: 'grid',
        gap: 'var(--bui-space-3)',
        gridTemplateColumns: 'repeat(auto-fit, minmax(130px, 1fr))',
        listStyle: 'none',
        margin: 0,
        padding: 0,
      }}
    >
      {states.map(([state, icon, colour]) => (
        <li
          key={state}
          style={{
            background: 'var(--bui-bg-neutral-1)',
            border: '1px solid var(--bui-border-1)',
            borderRadius: 'var(--bui-radius-3)',
            padding: 'var(--bui-space-3)',
          }}
        >
          <span style={{ alignItems: 'center', display: 'flex', gap: 'var(--bui-space-2)' }}>
            <span style={{ color: colour, display: 'inline-flex' }}>
              <Icon name={icon} size={20} />
            </span>
            <Text as="span" variant="title-small" weight="bold">
              {props.counts[state]}
            </Text>
          </span>
          <Text as="span" color="secondary" variant="body-small">
            {t(`overview.${state}`)}
          </Text>
        </li>
      ))}
    </ul>
  );
}
