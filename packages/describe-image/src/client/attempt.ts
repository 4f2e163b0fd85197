import { AbortError, CredentialsError, DescribeImageError } from '../errors/errors.ts';
import type { CredentialRequest, Credentials } from '../protocol/credentials.ts';
import type { Answer, Operation } from '../protocol/operation.ts';
import { parseResponse } from '../protocol/parse-response.ts';
import { redactHeaders } from '../protocol/redact-headers.ts';
import type { UnsignedRequest } from '../protocol/request.ts';
import { checkCredentials } from './check-credentials.ts';
import type { Connection } from './connection.ts';
import { waitForCredentials } from './wait-for-credentials.ts';

/** What matters of an operation once its request is built. */
export type Described<Output> = Pick<
  Operation<never, Output>,
  'action' | 'ramAction' | 'idempotent' | 'parseOutput'
>;

/** What one attempt is given. */
export interface AttemptInput<Output> {
  readonly operation: Described<Output>;
  readonly request: UnsignedRequest;
  /** From 1. */
  readonly attempt: number;
  readonly attemptTimeoutMs: number;
  /** When the call's total ends. A provider may take longer than one request. */
  readonly deadline: number;
  readonly signal: AbortSignal | undefined;
  /** Credentials that the service called expired on the attempt before. */
  readonly refused: Credentials | undefined;
  /** Told as soon as they are known, so that a refusal can be laid at their door. */
  readonly onCredentials: (credentials: Credentials) => void;
}

/** Signs, sends and reads once. The service refuses old dates and spent nonces, so nothing signed is kept. */
export async function attemptOnce<Output>(
  connection: Connection,
  {
    operation,
    request,
    attempt,
    attemptTimeoutMs,
    deadline,
    signal,
    refused,
    onCredentials,
  }: AttemptInput<Output>,
): Promise<Answer<Output>> {
  const { runtime, options, clock, send } = connection;
  const leftMs = (): number => Math.max(deadline - runtime.now(), 1);
  const asked = askForCredentials(connection, { refused, signal }, leftMs());
  const credentials = asked instanceof Promise ? await asked : asked;
  onCredentials(credentials);
  if (signal?.aborted) throw new AbortError('the call was aborted', { cause: signal.reason });
  const startedAt = runtime.now();
  const date = new Date(startedAt + clock.offsetMs);
  const signing = runtime.sign(request, credentials, { date, nonce: runtime.nonce() });
  const signed = signing instanceof Promise ? await signing : signing;

  const { action } = operation;
  const endpoint = request.endpoint.host;
  const { method, query, headers } = signed;
  options.onRequest?.({ action, endpoint, attempt, method, query, headers: redactHeaders(headers) });
  const response = await send(signed, { timeoutMs: Math.min(attemptTimeoutMs, leftMs()), signal });
  const { status, header } = response;
  const answeredAt = runtime.now();
  const durationMs = answeredAt - startedAt;
  options.onResponse?.({
    action,
    endpoint,
    attempt,
    status,
    requestId: header('x-acs-request-id'),
    durationMs,
  });
  const { output, requestId } = parseResponse(operation, response, signed);
  return { output, requestId, endpoint, observedAt: new Date(answeredAt), attempts: attempt };
}

/**
 * At once where the keys are at hand: most callers give keys, not a function.
 *
 * @throws {@link CredentialsError} that repeats nothing of a foreign provider's message.
 */
export function askForCredentials(
  { options }: Connection,
  request: CredentialRequest,
  timeoutMs: number,
): Credentials | Promise<Credentials> {
  try {
    const given = options.credentials(request);
    return isPromise(given)
      ? waitForCredentials(given, timeoutMs, request.signal).then(checkCredentials).catch(failCredentials)
      : checkCredentials(given);
  } catch (error) {
    return failCredentials(error);
  }
}

/** A provider's promise may come from another realm or another library. */
function isPromise(given: Credentials | Promise<Credentials>): given is Promise<Credentials> {
  return 'then' in given;
}

function failCredentials(error: unknown): never {
  if (DescribeImageError.isInstance(error)) throw error;
  // A foreign provider's message may quote a whole file of keys.
  const name = error instanceof Error ? error.name : typeof error;
  throw new CredentialsError(`the credentials function failed with ${name}`);
}
