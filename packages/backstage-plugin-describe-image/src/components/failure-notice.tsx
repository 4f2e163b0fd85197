import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Flex, Text } from '@backstage/ui';
import type { ImageFailure } from '@describe-image/backstage-plugin-describe-image-common';
import type { ReactElement } from 'react';
import { describeImageTranslationRef } from '../translation-ref.ts';
import { Ago } from './ago.tsx';
import { CopyButton } from './copy-button.tsx';
import { CopyableBlock } from './copyable-block.tsx';

const titles = {
  permission: 'failure.title.permission',
  credentials: 'failure.title.credentials',
  'not-found': 'failure.title.notFound',
  ambiguous: 'failure.title.ambiguous',
  throttled: 'failure.title.throttled',
  unreachable: 'failure.title.unreachable',
  'invalid-reference': 'failure.title.invalidReference',
  'unknown-instance': 'failure.title.unknownInstance',
  service: 'failure.title.service',
} as const;

/** Throttling passes and a missing image may be meant; the others want somebody to act. */
const passing: ReadonlySet<ImageFailure['kind']> = new Set(['throttled', 'not-found', 'ambiguous']);

/** Why there is no new answer for one image, and what to do. */
export function FailureNotice(props: {
  readonly failure: ImageFailure;
  /** Something was known of the image before it failed. */
  readonly known: boolean;
}): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const { failure, known } = props;
  const facts = [
    failure.ramAction && `${t('failure.ramAction')}: ${failure.ramAction}`,
    failure.apiCode && `${t('failure.code')}: ${failure.apiCode}`,
    failure.requestId && `${t('failure.requestId')}: ${failure.requestId}`,
    failure.retryAfterMs !== undefined &&
      t('failure.retryAfter', { seconds: String(Math.ceil(failure.retryAfterMs / 1000)) }),
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
            <Flex align="center" gap="1" style={{ flexWrap: 'wrap' }}>
              <Text as="span" variant="body-small">
                {facts.join(' · ')}
              </Text>
              {failure.requestId && (
                <CopyButton
                  label={`${t('failure.requestId')}: ${failure.requestId}`}
                  text={failure.requestId}
                />
              )}
            </Flex>
          )}
          {failure.policy !== undefined && (
            <details>
              <summary style={{ cursor: 'pointer' }}>{t('failure.policy')}</summary>
              <CopyableBlock
                copyLabel={t('failure.copyPolicy')}
                label={t('failure.policy')}
                text={JSON.stringify(failure.policy, null, 2)}
              />
            </details>
          )}
          <Text as="p" variant="body-small">
            {t('failure.at', { ago: <Ago instant={failure.observedAt} /> })}{' '}
            {known ? t('failure.stillKnown') : t('failure.nothingKnown')}
          </Text>
        </Flex>
      }
      icon
      status={passing.has(failure.kind) ? 'warning' : 'danger'}
      title={t(titles[failure.kind])}
    />
  );
}
