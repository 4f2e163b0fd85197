import { ResponseError } from '@backstage/errors';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button } from '@backstage/ui';
import type { ReactElement } from 'react';
import { describeImageTranslationRef } from '../translation-ref.ts';

/** The back end gave no answer at all. */
export function RequestFailure(props: { readonly error: Error; readonly onAgain: () => void }): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  return (
    <Alert
      customActions={
        <Button onPress={props.onAgain} size="small" variant="secondary">
          {t('request.again')}
        </Button>
      }
      description={messageOf(props.error)}
      icon
      role="alert"
      status="danger"
      title={t('request.title')}
    />
  );
}

/** What the back end itself said reads better than that a request failed. */
function messageOf(error: Error): string {
  return error instanceof ResponseError ? error.body.error.message : error.message;
}
