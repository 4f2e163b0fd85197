import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Flex, Text } from '@backstage/ui';
import type { ImageFailure } from '@describe-image/backstage-plugin-describe-image-common';
import type { ReactElement, ReactNode } from 'react';
import { CopyableBlock, CopyButton } from '../elements/copy-button.tsx';
import { Ago } from '../elements/time.tsx';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';

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
  /** A sentence about the data beside the alert. */
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
}): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const { failure } = props;
  return (
    <Alert
      customActions={props.actions}
      description={
        <Flex direction="column" gap="2" style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
          <Text as="p" style={{ margin: 0 }} variant="body-small" weight="bold">
            {t(`imageFailure.remedy.${failure.kind}`)}
          </Text>
          {failure.policy !== undefined && (
            <CopyableBlock
              copyLabel={t('imageFailure.copyPolicy')}
              label={t('imageFailure.policy')}
              text={JSON.stringify(failure.policy, null, 2)}
            />
          )}
          <Text as="p" style={{ margin: 0 }} variant="body-small">
            {t('imageFailure.lastAttempt', { ago: <Ago instant={failure.observedAt} /> })} {props.note}
          </Text>
          <FailureDetails failure={failure} />
        </Flex>
      }
      icon
      role="alert"
      status={warnings.has(failure.kind) ? 'warning' : 'danger'}
      title={t(`imageFailure.title.${failure.kind}`)}
    />
  );
}

/** The message of the service in its own language, and the facts that a support request needs. */
function FailureDetails({ failure }: { readonly failure: ImageFailure }): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const facts = [
    failure.ramAction && `${t('imageFailure.ramAction')}: ${failure.ramAction}`,
    failure.apiCode && `${t('imageFailure.errorCode')}: ${failure.apiCode}`,
    failure.retryAfterMs !== undefined &&
      t('imageFailure.retryAfter', { seconds: String(Math.ceil(failure.retryAfterMs / 1000)) }),
    // Last, because its copy button follows.
    failure.requestId && `${t('imageFailure.requestId')}: ${failure.requestId}`,
  ].filter((fact): fact is string => typeof fact === 'string');
  return (
    <details>
      <summary style={{ cursor: 'pointer' }}>{t('imageFailure.details')}</summary>
      <Text as="p" lang="en" style={{ margin: 'var(--bui-space-1) 0' }} variant="body-small">
        {failure.message}
      </Text>
      <Text as="p" lang="en" style={{ margin: 'var(--bui-space-1) 0' }} variant="body-small">
        {failure.remedy}
      </Text>
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
    </details>
  );
}
