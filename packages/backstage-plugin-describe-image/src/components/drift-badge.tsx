import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type { ImageReport } from '@describe-image/backstage-plugin-describe-image-common';
import { Fragment, type ReactElement } from 'react';
import { describeImageTranslationRef } from '../translation-ref.ts';
import { differingPairs, digestsByRole } from './differing-pairs.ts';
import { Digest } from './digest.tsx';
import type { IconName } from './icons.tsx';
import { type Tone, ToneBadge } from './tone-badge.tsx';

const looks: Record<ImageReport['drift'], { tone: Tone; icon: IconName }> = {
  drift: { tone: 'warning', icon: 'split' },
  agree: { tone: 'success', icon: 'equal' },
  unknown: { tone: 'neutral', icon: 'question' },
};

export function DriftBadge(props: { readonly image: ImageReport }): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  return <ToneBadge {...looks[props.image.drift]}>{t(`drift.${props.image.drift}`)}</ToneBadge>;
}

/** Which digests differ, side by side. Shows nothing where none does. */
export function DriftDetails(props: { readonly image: ImageReport }): ReactElement | null {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const pairs = differingPairs(props.image);
  if (pairs.length === 0) return null;
  const named = pairs.map(([left, right]) =>
    t('drift.pair', { left: t(`drift.${left}`), right: t(`drift.${right}`) }),
  );
  return (
    <div
      style={{
        borderLeft: '3px solid var(--bui-border-warning)',
        paddingLeft: 'var(--bui-space-3)',
      }}
    >
      <Text as="p" variant="body-small" weight="bold">
        {t('drift.differ', { pairs: named.join(', ') })}
      </Text>
      <dl
        aria-label={t('drift.title')}
        style={{
          columnGap: 'var(--bui-space-3)',
          display: 'grid',
          gridTemplateColumns: 'max-content minmax(0, 1fr)',
          margin: 'var(--bui-space-1) 0 0',
          rowGap: 'var(--bui-space-1)',
        }}
      >
        {digestsByRole(props.image).map(({ role, digest }) => (
          <Fragment key={role}>
            <dt>
              <Text as="span" color="secondary" variant="body-small">
                {t(`drift.${role}`)}
              </Text>
            </dt>
            <dd style={{ margin: 0, overflowWrap: 'anywhere' }}>
              <Text as="span" variant="body-small">
                <Digest digest={digest} />
              </Text>
            </dd>
          </Fragment>
        ))}
      </dl>
    </div>
  );
}
