import { CredentialsError, DescribeImageError, type ErrorDetails } from '../errors/errors.ts';
import { faultCode, foreignErrorCopy, plainWord, withoutKeys } from '../protocol/redaction.ts';

/**
 * Why a source gave no credentials. `absent`: nothing is configured there. `failed`: what is configured is incomplete, malformed or
 * rejected. `unavailable`: it did not answer, and may answer later.
 *
 * @public
 */
export type SourceOutcome = 'absent' | 'failed' | 'unavailable';

const SET_UP =
  'Set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or run "aliyun configure".';

/**
 * A source gave no credentials. The message names the place and never repeats what was read there. `retryable` is true when the
 * same call may succeed later without any change. `cause` is kept when it holds no secret.
 *
 * @example
 * ```ts
 * import { CredentialSourceError, defaultCredentials } from '@describe-image/core/credentials';
 *
 * try {
 *   await defaultCredentials()();
 * } catch (error) {
 *   if (!(error instanceof CredentialSourceError)) throw error;
 *   console.error(error.message, error.remedy, error.retryable);
 * }
 * ```
 *
 * @public
 */
export class CredentialSourceError extends CredentialsError {
  static override get id(): string {
    return 'Credentials.Source';
  }
  readonly outcome: SourceOutcome;
  override readonly remedy: string;
  override readonly retryable: boolean;

  constructor(
    outcome: SourceOutcome,
    message: string,
    { remedy = SET_UP, cause, ...details }: ErrorDetails & { readonly remedy?: string | undefined } = {},
  ) {
    super(withoutKeys(message), { ...details, cause: causeWithoutSecrets(cause) });
    this.outcome = outcome;
    this.remedy = withoutKeys(remedy);
    this.retryable = outcome === 'unavailable';
  }
}

/** Nothing is configured there. */
export function absent(message: string, remedy?: string): CredentialSourceError {
  return new CredentialSourceError('absent', message, { remedy });
}

/** What is configured there cannot be used. */
export function failed(message: string, remedy: string, cause?: unknown): CredentialSourceError {
  return new CredentialSourceError('failed', message, { remedy, cause });
}

/** A fault of the system that may pass: too many open files, a busy resource, not enough memory. */
const PASSING_FAULTS = new Set(['EAGAIN', 'EBUSY', 'EINTR', 'EMFILE', 'ENFILE', 'ENOMEM', 'ETIMEDOUT']);

/** The operating system failed to read a file or to run a program. */
export function systemFault(
  message: string,
  remedy: string,
  { cause, timedOut = false }: { readonly cause: unknown; readonly timedOut?: boolean },
): CredentialSourceError {
  const passing = timedOut || PASSING_FAULTS.has(faultCode(cause) ?? '');
  return new CredentialSourceError(passing ? 'unavailable' : 'failed', message, { remedy, cause });
}

/**
 * Turns any failure of a source into a CredentialSourceError.
 *
 * @param advice - The remedy when the service rejected the request: the error's own remedy is about images.
 */
export function sourceError(where: string, error: unknown, advice?: string): CredentialSourceError {
  if (error instanceof CredentialSourceError) return error;
  if (!DescribeImageError.isInstance(error)) {
    const name = (error instanceof Error ? plainWord(error.name) : undefined) ?? typeof error;
    return failed(`${where}: failed with ${name}`, 'Check the function that was given as a source.', error);
  }
  const isRejection = error.code === 'Permission' || error.code === 'NotFound' || error.code === 'Service';
  return new CredentialSourceError(error.retryable ? 'unavailable' : 'failed', `${where}: ${error.message}`, {
    remedy: isRejection && !error.retryable ? (advice ?? error.remedy) : error.remedy,
    apiCode: plainWord(error.apiCode),
    requestId: plainWord(error.requestId),
    status: error.status,
    retryAfterMs: error.retryAfterMs,
    cause: error,
  });
}

/** Like {@link sourceError}, for a source that a file configures: `absent` becomes `failed`, and the message names the file. */
export function configuredSourceError(where: string, error: unknown): CredentialSourceError {
  const found = sourceError(where, error);
  const isNamed = found.message.startsWith(where);
  if (isNamed && found.outcome !== 'absent') return found;
  const { outcome, message, remedy, apiCode, requestId, status, retryAfterMs, cause } = found;
  return new CredentialSourceError(
    outcome === 'absent' ? 'failed' : outcome,
    isNamed ? message : `${where}: ${message}`,
    { remedy, apiCode, requestId, status, retryAfterMs, cause },
  );
}

/** Keeps an error of this package unless its text looks like a key. Any other error is replaced by a copy without its message. */
function causeWithoutSecrets(cause: unknown): Error | undefined {
  if (!(cause instanceof Error)) return undefined;
  return DescribeImageError.isInstance(cause) && isPlain(cause) ? cause : foreignErrorCopy(cause);
}

/** Whether nothing in an error, or in its causes, looks like a key. */
function isPlain(error: Error): boolean {
  const text = `${error.message} ${JSON.stringify(error)}`;
  return withoutKeys(text) === text && (!(error.cause instanceof Error) || isPlain(error.cause));
}
