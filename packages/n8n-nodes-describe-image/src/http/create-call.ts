import {
  type Answer,
  type AttemptContext,
  buildRequest,
  type Call,
  callWithRetries,
  createRedactor,
  createRetryQuota,
  createServiceClock,
  DescribeImageError,
  type Operation,
  parseResponse,
  redactError,
  requestUrl,
  type UnsignedRequest,
} from '@describe-image/core/protocol';
import {
  type ICredentialDataDecryptedObject,
  type IExecuteFunctions,
  type ILoadOptionsFunctions,
  type IN8nHttpFullResponse,
  type IPollFunctions,
  sleep,
} from 'n8n-workflow';
import { CREDENTIAL_TYPE, securityCenterEndpoint } from '../credential/read-credential.ts';
import { secretsOf } from '../credential/role-session.ts';
import type { N8nRequest } from '../credential/sign-n8n-request.ts';
import { toCoreError, toHttpResponse } from './n8n-response.ts';

/** The n8n contexts that can send a request with a credential. */
export type RequestContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** Creates a `Call` that sends through n8n's HTTP helper. The credential signs each attempt. */
export async function createCall(context: RequestContext): Promise<Call> {
  // getCredentials reads and decrypts the credential each time, so it is called once for all items.
  const data = await context.getCredentials(CREDENTIAL_TYPE);
  const endpoint = securityCenterEndpoint(data);
  const shared = { clock: createServiceClock(), quota: createRetryQuota() };

  return async (operation, input, options) => {
    const request = buildRequest(operation, operation.parseInput(input), endpoint);
    const { idempotent } = operation;
    let session: unknown;
    return callWithRetries(
      {
        attempt: async (attempt) => {
          if (attempt.expirationError !== undefined) discardSession(data, session, attempt.expirationError);
          session = data['roleSessionToken'];
          try {
            return await attemptOnce(context, data, operation, request, attempt);
          } finally {
            session ||= data['roleSessionToken'];
          }
        },
        sleep,
        random: Math.random,
        now: Date.now,
        monotonicNow: () => performance.now(),
      },
      { ...options, ...shared, idempotent },
    );
  };
}

/**
 * Deletes the expired role session, so that n8n assumes the role again.
 *
 * @throws `expired` when there was no session: keys of the credential cannot be renewed.
 */
function discardSession(data: ICredentialDataDecryptedObject, session: unknown, expired: Error): void {
  if (!session) throw expired;
  // Another call may have renewed the session already.
  if (data['roleSessionToken'] === session) data['roleSessionToken'] = '';
}

async function attemptOnce<Output>(
  context: RequestContext,
  data: ICredentialDataDecryptedObject,
  operation: Pick<Operation<never, Output>, 'action' | 'ramAction' | 'parseOutput'>,
  request: UnsignedRequest,
  { attempt, timeoutMs, clockOffsetMs }: AttemptContext,
): Promise<Answer<Output>> {
  const endpoint = request.endpoint.host;
  const secretsBefore = secretsOf(data);
  // n8n may have replaced the session of the role before it sent the request.
  const redact = (text: string): string => createRedactor([...secretsBefore, ...secretsOf(data)])(text);
  const sent = send(context, data, request, { timeout: timeoutMs, clockOffsetMs });
  return sent
    .then((response): Answer<Output> => {
      const observedAt = new Date();
      const { output, requestId } = parseResponse(operation, toHttpResponse(response), undefined, redact);
      return { output, requestId, endpoint, observedAt, attempts: attempt };
    })
    .catch((thrown: unknown) => {
      const error = toCoreError(operation.action, thrown);
      redactError(error, redact);
      return Promise.reject(
        DescribeImageError.isInstance(error) ? Object.assign(error, { endpoint }) : error,
      );
    });
}

async function send(
  context: RequestContext,
  data: ICredentialDataDecryptedObject,
  request: UnsignedRequest,
  options: Pick<N8nRequest, 'timeout' | 'clockOffsetMs'>,
): Promise<IN8nHttpFullResponse> {
  const n8nRequest: N8nRequest = {
    ...options,
    method: request.method,
    url: requestUrl(request),
    headers: { ...request.headers },
    ...(typeof request.body === 'string' && { body: request.body }),
    encoding: 'text',
    returnFullResponse: true,
    ignoreHttpStatusErrors: true,
    // A signature is valid for one host only.
    disableFollowRedirect: true,
  };
  // n8n stores the role session in `data`, so later calls reuse it.
  const credentialsDecrypted = { id: '', name: '', type: CREDENTIAL_TYPE, data };
  return context.helpers.httpRequestWithAuthentication.call(context, CREDENTIAL_TYPE, n8nRequest, {
    credentialsDecrypted,
  });
}

/** Sends equal calls of one run once. All their callers get the same answer or the same error. */
export function shareEqualCalls(call: Call): Call {
  const answers = new Map<string, Promise<unknown>>();
  return (operation, input, options) => {
    const key = `${operation.action} ${JSON.stringify(input)}`;
    const known = answers.get(key);
    // The key contains the operation, so the stored promise has the output type of this operation.
    if (known !== undefined) return known as Promise<Answer<never>>;
    const answer = call(operation, input, options);
    answers.set(key, answer);
    return answer;
  };
}
