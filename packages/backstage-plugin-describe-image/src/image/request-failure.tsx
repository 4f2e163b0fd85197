import { ResponseError } from '@backstage/errors';
import { type TranslationFunction, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button } from '@backstage/ui';
import { failureSchema, type ImageFailure } from '@describe-image/backstage-plugin-describe-image-common';
import type { ReactElement } from 'react';
import { Ago } from '../elements/time.tsx';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';
import { ImageFailureAlert } from './image-failure.tsx';

/** The error of a failed request to the back end, with its remedy and a button to retry. */
export function RequestFailure(props: {
  readonly error: Error;
  /** Default: `Container images could not be loaded`. */
  readonly title?: string;
  /** When the data shown below was received. `undefined` if there is none. */
  readonly loadedAt: string | undefined;
  readonly onRetry: () => void;
}): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const { error, loadedAt } = props;
  const retry = (
    <Button onPress={props.onRetry} size="small" variant="secondary">
      {t('requestFailure.retry')}
    </Button>
  );
  const age = loadedAt !== undefined && t('requestFailure.lastData', { ago: <Ago instant={loadedAt} /> });
  const failure = serviceFailureOf(error);
  if (failure !== undefined)
    return <ImageFailureAlert actions={retry} failure={failure} note={age || undefined} />;
  return (
    <Alert
      customActions={retry}
      description={
        <>
          {describeError(error, t)} {age}
        </>
      }
      icon
      role="alert"
      status="danger"
      title={props.title ?? t('requestFailure.title')}
    />
  );
}

/** The failure of Alibaba Cloud that failed the whole request. */
function serviceFailureOf(error: Error): ImageFailure | undefined {
  if (!(error instanceof ResponseError)) return undefined;
  return failureSchema.safeParse(error.body.error['failure']).data;
}

/** The message of the back end. Other responses, such as a proxy's page in HTML, are reduced to their status. */
function describeError(
  error: Error,
  t: TranslationFunction<(typeof describeImageTranslationRef)['T']>,
): string {
  if (error instanceof TypeError) return t('requestFailure.unreachable');
  if (!(error instanceof ResponseError)) return error.message;
  const { status, statusText } = error.response;
  const { message } = error.body.error;
  if (!message.startsWith(`Request failed with status ${status}`)) return message;
  return t('requestFailure.status', { status: `${status} ${statusText}`.trim() });
}
