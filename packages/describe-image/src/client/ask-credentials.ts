import { CredentialsError, DescribeImageError } from '../errors/errors.ts';
import type { CredentialProvider, CredentialRequest, Credentials } from '../protocol/credentials.ts';

/** A provider that has been asked. */
export interface CredentialAsk {
  readonly given: Credentials | PromiseLike<Credentials>;
  /** Fires the signal that the provider was given, if it has looked at it. */
  cancel(): void;
}

/** Asks for the credentials of one attempt. The signal is made when the provider reads it: most give static keys. */
export function askCredentials(
  { credentials }: { readonly credentials: CredentialProvider },
  refused: Credentials | undefined,
): CredentialAsk {
  let controller: AbortController | undefined;
  const request: CredentialRequest = {
    refused,
    get signal() {
      controller ??= new AbortController();
      return controller.signal;
    },
  };
  const given: unknown = credentials(request);
  if (typeof given !== 'object' || given === null)
    throw new CredentialsError(`the credentials function returned ${given === null ? 'null' : typeof given}`);
  return { given: given as Credentials | PromiseLike<Credentials>, cancel: () => controller?.abort() };
}

/** What a provider's failure becomes: its kind without its message, which may quote a whole file of keys. */
export function credentialsFailure(error: unknown): DescribeImageError {
  if (DescribeImageError.isInstance(error)) return error;
  const name = error instanceof Error ? error.name : typeof error;
  const cause = error instanceof Error ? secretFree(error) : undefined;
  const failure = new CredentialsError(`the credentials function failed with ${name}`, { cause });
  return Object.assign(failure, { retryable: cause !== undefined && TRANSIENT.test(cause.code) });
}

/** Faults of a connection: another attempt can succeed. */
const TRANSIENT = /^(ECONN|EPIPE|ETIMEDOUT|EAI_AGAIN|ENET|EHOST|UND_ERR)/;
const SYSTEM_CODE = /^[A-Z][A-Z0-9_]{2,40}$/;

/** An error of the system names files, hosts and calls only. Any other may say anything: only its name and code are kept. */
function secretFree(error: Error): Error & { readonly code: string } {
  const code =
    'code' in error && typeof error.code === 'string' && SYSTEM_CODE.test(error.code) ? error.code : '';
  const isOfSystem = code !== '' && 'syscall' in error && typeof error.syscall === 'string';
  const message = isOfSystem ? error.message : code || error.name;
  return Object.assign(new Error(message), { name: error.name, code });
}
