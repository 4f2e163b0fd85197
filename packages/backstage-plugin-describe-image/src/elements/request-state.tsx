import { ResponseError } from '@backstage/errors';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button, Flex, Skeleton, Text, VisuallyHidden } from '@backstage/ui';
import type { ReactElement } from 'react';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';

/** Placeholder rows while a request runs. */
export function LoadingRows(props: { readonly rows?: number }): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const rows = Array.from({ length: props.rows ?? 2 }, (_, row) => row);
  return (
    <div aria-busy="true" role="status">
      <VisuallyHidden>{t('loading')}</VisuallyHidden>
      <Flex direction="column" gap="4">
        {rows.map((row) => (
          <Flex direction="column" gap="2" key={row}>
            <Skeleton height={18} width="60%" />
            <Skeleton height={14} width="85%" />
            <Skeleton height={22} width="40%" />
          </Flex>
        ))}
      </Flex>
    </div>
  );
}

/** Shown instead of images when the user lacks the permission. */
export function PermissionDenied(): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  return (
    <Text as="p" color="secondary" variant="body-medium">
      {t('permissionDenied')}
    </Text>
  );
}

/** The error of a failed request to the back end, with a button to retry. */
export function RequestFailure(props: { readonly error: Error; readonly onRetry: () => void }): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  return (
    <Alert
      customActions={
        <Button onPress={props.onRetry} size="small" variant="secondary">
          {t('requestFailure.retry')}
        </Button>
      }
      description={messageOf(props.error)}
      icon
      role="alert"
      status="danger"
      title={t('requestFailure.title')}
    />
  );
}

/** `ResponseError.message` is only "Request failed with 500 …"; the body has the back end's message. */
function messageOf(error: Error): string {
  return error instanceof ResponseError ? error.body.error.message : error.message;
}
