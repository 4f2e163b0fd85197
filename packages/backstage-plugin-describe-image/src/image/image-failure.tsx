import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Flex, Text } from '@backstage/ui';
import type { ImageFailure } from '@describe-image/backstage-plugin-describe-image-common';
import type { ReactElement } from 'react';
import { CopyableBlock, CopyButton } from '../elements/copy-button.tsx';
import { Ago } from '../elements/time.tsx';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';

const titles = {
  permission: 'imageFailure.title.permission',
  credentials: 'imageFailure.title.credentials',
  'not-found': 'imageFailure.title.notFound',
  ambiguous: 'imageFailure.title.ambiguous',
  throttled: 'imageFailure.title.throttled',
  unreachable: 'imageFailure.title.unreachable',
  'invalid-reference': 'imageFailure.title.invalidReference',
  'unknown-instance': 'imageFailure.title.unknownInstance',
  service: 'imageFailure.title.service',
  deadline: 'imageFailure.title.deadline',
  paused: 'imageFailure.title.paused',
} as const;

/** Kinds shown as a warning: a rate limit ends by itself, and a missing image may be intended. */
const warnings: ReadonlySet<ImageFailure['kind']> = new Set([
  'throttled',
  'not-found',
  'ambiguous',
  'deadline',
  'paused',
]);

/** Why an image could not be read, and the remedy. */
export function ImageFailureAlert(props: {
  readonly failure: ImageFailure;
  /** An earlier observation is shown beside the alert. */
  readonly hasObservation: boolean;
}): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const { failure } = props;
  const facts = [
    failure.ramAction && `${t('imageFailure.ramAction')}: ${failure.ramAction}`,
    failure.apiCode && `${t('imageFailure.errorCode')}: ${failure.apiCode}`,
    failure.retryAfterMs !== undefined &&
      t('imageFailure.retryAfter', { seconds: String(Math.ceil(failure.retryAfterMs / 1000)) }),
    // Last, because its copy button follows.
    failure.requestId && `${t('imageFailure.requestId')}: ${failure.requestId}`,
  ].filter((fact): fact is string => typeof fact === 'string');
  return (
    <Alert
      description={
        <Flex direction="column" gap="2" style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
          <Text as="p" variant="body-small">
            {failure.message}
          </Text>
          <Text as="p" variant="body-small" weight="bold">
            {failure.remedy}
          </Text>
          {facts.length > 0 && (
            <Flex align="center" gap="1">
              <Text as="span" style={{ minWidth: 0 }} variant="body-small">
                {facts.join(' · ')}
              </Text>
              {failure.requestId && (
                <CopyButton
                  label={t('imageFailure.copyRequestId', { requestId: failure.requestId })}
                  text={failure.requestId}
                />
              )}
            </Flex>
          )}
          {failure.policy !== undefined && (
            <details>
              <summary style={{ cursor: 'pointer' }}>{t('imageFailure.policy')}</summary>
              <CopyableBlock
                copyLabel={t('imageFailure.copyPolicy')}
                label={t('imageFailure.policy')}
                text={JSON.stringify(failure.policy, null, 2)}
              />
            </details>
          )}
          <Text as="p" variant="body-small">
            {t('imageFailure.lastAttempt', { ago: <Ago instant={failure.observedAt} /> })}{' '}
            {props.hasObservation ? t('imageFailure.earlierObservation') : t('imageFailure.noObservation')}
          </Text>
        </Flex>
      }
      icon
      status={warnings.has(failure.kind) ? 'warning' : 'danger'}
      title={t(titles[failure.kind])}
    />
  );
}
