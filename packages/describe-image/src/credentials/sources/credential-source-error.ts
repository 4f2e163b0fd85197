import { CredentialsError, DescribeImageError, type ErrorDetails } from '../../errors/errors.ts';
import { withoutKeys } from '../files/without-keys.ts';

/**
 * Why a source gave nothing. `absent`: nothing is configured there. `failed`: something is, but it is incomplete, malformed or
 * refused. `unavailable`: it did not answer, and may later.
 */
export type SourceOutcome = 'absent' | 'failed' | 'unavailable';

const SET_UP =
  'Set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or run "aliyun configure".';

/** A source of credentials gave none. Its message names the place and never repeats what was found there. @public */
export class CredentialSourceError extends CredentialsError {
  readonly outcome: SourceOutcome;
  override readonly remedy: string;
  override readonly retryable: boolean;

  constructor(
    outcome: SourceOutcome,
    message: string,
    { remedy = SET_UP, ...details }: ErrorDetails & { readonly remedy?: string | undefined } = {},
  ) {
    super(withoutKeys(message), details);
    this.outcome = outcome;
    this.remedy = withoutKeys(remedy);
    this.retryable = outcome === 'unavailable';
  }
}

/** Nothing is configured there. */
export function absent(message: string, remedy?: string): CredentialSourceError {
  return new CredentialSourceError('absent', message, { remedy });
}

/** Something is configured there, but is no use. */
export function failed(message: string, remedy: string): CredentialSourceError {
  return new CredentialSourceError('failed', message, { remedy });
}

/**
 * What another failure means for a source.
 *
 * @param advice - What to do when the service refused, where its own class of error would advise on images.
 */
export function sourceError(where: string, error: unknown, advice?: string): CredentialSourceError {
  if (error instanceof CredentialSourceError) return error;
  if (!DescribeImageError.isInstance(error)) {
    const name = error instanceof Error ? error.name : typeof error;
    return failed(`${where}: failed with ${name}`, 'Check the function that was given as a source.');
  }
  const isRefusal = error.code === 'Permission' || error.code === 'NotFound' || error.code === 'Service';
  return new CredentialSourceError(error.retryable ? 'unavailable' : 'failed', `${where}: ${error.message}`, {
    remedy: isRefusal && !error.retryable ? (advice ?? error.remedy) : error.remedy,
    apiCode: plainWord(error.apiCode),
    requestId: plainWord(error.requestId),
    status: error.status,
    retryAfterMs: error.retryAfterMs,
  });
}

/**
 * The same for what a file says should be there: then nothing is merely absent, and the file is named.
 */
export function configuredSourceError(where: string, error: unknown): CredentialSourceError {
  const cause = sourceError(where, error);
  const isNamed = cause.message.startsWith(where);
  if (isNamed && cause.outcome !== 'absent') return cause;
  const { outcome, message, remedy, apiCode, requestId, status, retryAfterMs } = cause;
  return new CredentialSourceError(
    outcome === 'absent' ? 'failed' : outcome,
    isNamed ? message : `${where}: ${message}`,
    { remedy, apiCode, requestId, status, retryAfterMs },
  );
}

/** Codes and ids are single words: anything else is somebody's text. */
function plainWord(value: string | undefined): string | undefined {
  return value !== undefined && /^[\w.-]{1,80}$/.test(value) ? value : undefined;
}
