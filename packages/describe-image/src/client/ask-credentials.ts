import { CredentialsError, DescribeImageError } from '../errors/errors.ts';
import type { CredentialProvider, CredentialRequest, Credentials } from '../protocol/credentials.ts';
import { foreignErrorCopy } from '../protocol/redaction.ts';
import { copyError } from './copy-error.ts';

/** A request to a provider of credentials. */
export interface CredentialAsk {
  readonly given: Credentials | PromiseLike<Credentials>;
  /** Aborts the signal that the provider was given. */
  cancel(): void;
}

/** Gets the credentials of one attempt. The signal is created when the provider reads it, because most do not. */
export function askCredentials(
  { credentials }: { readonly credentials: Credentials | CredentialProvider },
  expired: Credentials | undefined,
): CredentialAsk {
  if (typeof credentials !== 'function') return { given: credentials, cancel: nothing };
  let controller: AbortController | undefined;
  const request: CredentialRequest = {
    expired,
    get signal() {
      controller ??= new AbortController();
      return controller.signal;
    },
  };
  const given: unknown = credentials(request);
  requireCredentialsObject(given);
  return { given: given as Credentials | PromiseLike<Credentials>, cancel: () => controller?.abort() };
}

/** @throws {@link CredentialsError} for a result of a provider that is neither credentials nor a promise. */
export function requireCredentialsObject(given: unknown): void {
  if (typeof given !== 'object' || given === null)
    throw new CredentialsError(`the credentials function returned ${given === null ? 'null' : typeof given}`);
}

function nothing(): void {}

/** Converts a provider's failure to an error without its message, which may quote a file of keys. */
export function credentialsFailure(error: unknown): DescribeImageError {
  // Providers that share one attempt reject with one error, and each call adds its endpoint to its own.
  if (DescribeImageError.isInstance(error)) return copyError(error);
  const cause = error instanceof Error ? foreignErrorCopy(error) : undefined;
  const name = cause?.name ?? typeof error;
  const failure = new CredentialsError(`the credentials function failed with ${name}`, { cause });
  return Object.assign(failure, { retryable: cause?.code !== undefined && TRANSIENT.test(cause.code) });
}

/** Error codes of connections: another attempt can succeed. */
const TRANSIENT = /^(ECONN|EPIPE|ETIMEDOUT|EAI_AGAIN|ENET|EHOST|UND_ERR)/;
