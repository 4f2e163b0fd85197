import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, Text } from '@backstage/ui';
import type { ImageRisk } from '@describe-image/backstage-plugin-describe-image-common';
import type { ReactElement } from 'react';
import { describeImageTranslationRef } from '../translation-ref.ts';
import type { IconName } from './icons.tsx';
import { type Tone, ToneBadge } from './tone-badge.tsx';

const looks: Record<ImageRisk['state'], { tone: Tone; icon: IconName }> = {
  unknown: { tone: 'neutral', icon: 'question' },
  scanning: { tone: 'info', icon: 'clock' },
  failed: { tone: 'danger', icon: 'cross' },
  stale: { tone: 'warning', icon: 'history' },
  risky: { tone: 'danger', icon: 'warning' },
  clean: { tone: 'success', icon: 'shield' },
};

/** The state of the scan with the counts that the service gave; what it did not say is not counted as nought. */
export function RiskBadge(props: { readonly risk: ImageRisk | undefined }): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const { risk } = props;
  if (risk === undefined)
    return (
      <ToneBadge icon="question" tone="neutral">
        {t('risk.notSaid')}
      </ToneBadge>
    );
  const counts = [
    risk.vulnerabilities === undefined
      ? undefined
      : t('risk.vulnerabilities', { count: risk.vulnerabilities }),
    risk.alerts === undefined ? undefined : t('risk.alerts', { count: risk.alerts }),
    risk.baselineRisks === undefined ? undefined : t('risk.baselineRisks', { count: risk.baselineRisks }),
  ].filter((text) => text !== undefined);
  return (
    <Flex align="center" gap="2" style={{ flexWrap: 'wrap' }}>
      <ToneBadge {...looks[risk.state]} title={risk.reason}>
        {t(`risk.${risk.state}`)}
      </ToneBadge>
      {counts.length > 0 && (
        <Text as="span" color="secondary" variant="body-small">
          {counts.join(' · ')}
        </Text>
      )}
    </Flex>
  );
}
