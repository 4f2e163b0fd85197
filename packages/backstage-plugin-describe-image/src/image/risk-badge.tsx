import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, Text } from '@backstage/ui';
import type { ImageRisk } from '@describe-image/backstage-plugin-describe-image-common';
import type { ReactElement } from 'react';
import { Badge, type Tone } from '../elements/badge.tsx';
import type { IconName } from '../elements/icons.tsx';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';

const styles: Record<ImageRisk['state'], { tone: Tone; icon: IconName }> = {
  unknown: { tone: 'neutral', icon: 'question' },
  scanning: { tone: 'info', icon: 'clock' },
  failed: { tone: 'danger', icon: 'cross' },
  stale: { tone: 'warning', icon: 'history' },
  risky: { tone: 'danger', icon: 'warning' },
  clean: { tone: 'success', icon: 'shield' },
};

/** The scan state with the counts that the service returned. Missing counts are omitted, never shown as 0. */
export function RiskBadge(props: { readonly risk: ImageRisk | undefined }): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const { risk } = props;
  if (risk === undefined)
    return (
      <Badge icon="question" tone="neutral">
        {t('risk.missing')}
      </Badge>
    );
  const counts = (['vulnerabilities', 'alerts', 'baselineRisks'] as const).flatMap((kind) => {
    const count = risk[kind];
    return count === undefined ? [] : [t(`risk.${kind}`, { count })];
  });
  return (
    <Flex align="center" gap="2" style={{ flexWrap: 'wrap' }}>
      <Badge {...styles[risk.state]} title={risk.reason}>
        {t(`risk.${risk.state}`)}
      </Badge>
      {counts.length > 0 && (
        <Text as="span" color="secondary" variant="body-small">
          {counts.join(' · ')}
        </Text>
      )}
    </Flex>
  );
}
