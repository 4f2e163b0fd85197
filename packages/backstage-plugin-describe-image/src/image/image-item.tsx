import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, Text } from '@backstage/ui';
import type { ImageReport } from '@describe-image/backstage-plugin-describe-image-common';
import type { ReactElement } from 'react';
import { CopyButton } from '../elements/copy-button.tsx';
import { CopyableDigest } from '../elements/digest.tsx';
import { Icon } from '../elements/icons.tsx';
import { Ago } from '../elements/time.tsx';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';
import { DriftBadge, DriftDetails } from './drift.tsx';
import { ImageFailureAlert } from './image-failure.tsx';
import { MoveText } from './image-move.tsx';
import { imageName } from './image-name.ts';
import { RiskBadge } from './risk-badge.tsx';

/** One image of the card. */
export function ImageItem(props: { readonly image: ImageReport }): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const { image } = props;
  const name = imageName(image);
  const observation = image.live ?? image.scanned;
  return (
    <Flex direction="column" gap="2" style={{ minWidth: 0 }}>
      <ImageHeading image={image} />
      <Flex align="center" gap="2" style={{ flexWrap: 'wrap' }}>
        <DriftBadge image={image} />
        <RiskBadge risk={image.risk} />
      </Flex>
      {image.failure !== undefined && (
        <ImageFailureAlert failure={image.failure} hasObservation={observation !== undefined} />
      )}
      {observation === undefined ? (
        <Text as="p" color="secondary" variant="body-small">
          {t('image.noDigest')}
        </Text>
      ) : (
        <div>
          <CopyableDigest digest={observation.digest} image={name}>
            {image.pinned !== undefined && (
              <CopyButton
                hint={t('copy.pinned')}
                icon="pin"
                label={t('copy.pinnedOf', { image: name })}
                text={image.pinned}
              />
            )}
          </CopyableDigest>
          <Text as="p" color="secondary" style={{ margin: 0 }} variant="body-small">
            {t('image.source', { source: observation.source })} ·{' '}
            {t('image.observed', { ago: <Ago instant={observation.observedAt} /> })}
            {image.fromCache && ` · ${t('image.cached')}`}
          </Text>
        </div>
      )}
      <DriftDetails image={image} />
      {image.lastMove !== undefined && <MoveText move={image.lastMove} />}
      <ConsoleLink image={name} url={image.consoleUrl} />
    </Flex>
  );
}

function ImageHeading({ image }: { readonly image: ImageReport }): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  return (
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
  );
}

/** Link to the image in Security Center's console. URLs other than https are not rendered. */
function ConsoleLink(props: {
  readonly url: string | undefined;
  readonly image: string;
}): ReactElement | null {
  const { t } = useTranslationRef(describeImageTranslationRef);
  if (props.url === undefined || new URL(props.url).protocol !== 'https:') return null;
  return (
    <a
      aria-label={t('image.openInConsole', { image: props.image })}
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
