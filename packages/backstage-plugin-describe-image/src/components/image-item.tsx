import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, Text } from '@backstage/ui';
import type { ImageReport } from '@describe-image/backstage-plugin-describe-image-common';
import type { ReactElement } from 'react';
import { describeImageTranslationRef } from '../translation-ref.ts';
import { Ago } from './ago.tsx';
import { ConsoleLink } from './console-link.tsx';
import { CopyButton } from './copy-button.tsx';
import { Digest } from './digest.tsx';
import { DriftBadge, DriftDetails } from './drift-badge.tsx';
import { FailureNotice } from './failure-notice.tsx';
import { LastMove } from './last-move.tsx';
import { nameOfImage } from './name-of-image.ts';
import { RiskBadge } from './risk-badge.tsx';

/** Everything that the card says of one image. */
export function ImageItem(props: { readonly image: ImageReport }): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const { image } = props;
  const name = nameOfImage(image);
  const observation = image.live ?? image.scanned;
  return (
    <Flex direction="column" gap="2" style={{ minWidth: 0 }}>
      <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        {image.label !== undefined && (
          <Text as="h4" style={{ margin: 0 }} variant="body-large" weight="bold">
            {image.label}
          </Text>
        )}
        <Text
          as={image.label === undefined ? 'h4' : 'p'}
          style={{ margin: 0 }}
          variant="body-medium"
          weight={image.label === undefined ? 'bold' : 'regular'}
        >
          {image.repository}
          {image.tag === undefined ? ` (${t('image.noTag')})` : <strong>:{image.tag}</strong>}
        </Text>
      </div>
      <Flex align="center" gap="2" style={{ flexWrap: 'wrap' }}>
        <DriftBadge image={image} />
        <RiskBadge risk={image.risk} />
      </Flex>
      {image.failure !== undefined && (
        <FailureNotice failure={image.failure} known={observation !== undefined} />
      )}
      {observation === undefined ? (
        <Text as="p" color="secondary" variant="body-small">
          {t('image.noDigest')}
        </Text>
      ) : (
        <div>
          <Flex align="center" gap="1" style={{ flexWrap: 'wrap' }}>
            <Digest digest={observation.digest} />
            <CopyButton
              hint={t('copy.digestShort')}
              label={t('copy.digest', { image: name })}
              text={observation.digest}
            />
            {image.pinned !== undefined && (
              <CopyButton
                hint={t('copy.pinnedShort')}
                icon="pin"
                label={t('copy.pinned', { image: name })}
                text={image.pinned}
              />
            )}
          </Flex>
          <Text as="p" color="secondary" style={{ margin: 0 }} variant="body-small">
            {t('image.source', { source: observation.source })} ·{' '}
            {t('image.observed', { ago: <Ago instant={observation.observedAt} /> })}
            {image.fromCache && ` · ${t('image.cached')}`}
          </Text>
        </div>
      )}
      <DriftDetails image={image} />
      {image.lastMove !== undefined && <LastMove move={image.lastMove} />}
      <ConsoleLink image={name} url={image.consoleUrl} />
    </Flex>
  );
}
