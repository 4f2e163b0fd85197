import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type { ImageOverview, ImageState } from '@describe-image/backstage-plugin-describe-image-common';
import type { ReactElement } from 'react';
import { Icon, type IconName } from '../elements/icons.tsx';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';

const tiles = [
  ['drift', 'split', 'var(--bui-fg-warning)', ['drift']],
  ['failed', 'cross', 'var(--bui-fg-danger)', ['missing', 'unreadable']],
  [
    'unscanned',
    'question',
    'var(--bui-fg-secondary)',
    ['scan-failed', 'scan-outdated', 'not-scanned', 'scanning', 'not-verified'],
  ],
  ['risky', 'warning', 'var(--bui-fg-danger)', ['risky']],
  ['clean', 'shield', 'var(--bui-fg-success)', ['clean']],
] as const satisfies readonly (readonly [string, IconName, string, readonly ImageState[]])[];

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
      {tiles.map(([tile, icon, colour, states]) => (
        <li
          key={tile}
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
              {states.reduce((sum, state) => sum + props.counts[state], 0)}
            </Text>
          </span>
          <Text as="span" color="secondary" variant="body-small">
            {t(`overview.${tile}`)}
          </Text>
        </li>
      ))}
    </ul>
  );
}
