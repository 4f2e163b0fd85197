import {
  type Answer,
  buildRequest,
  type Call,
  DescribeImageError,
  type Operation,
  parseResponse,
  requestUrl,
  retryDecision,
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
import { connectionError } from './connection-error.ts';
import { CREDENTIAL_TYPE, securityCenterEndpoint } from './credential.ts';
import { httpResponse } from './http-response.ts';

/** What every kind of n8n node function offers for calling. */
export type Host = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

const MAX_RETRIES = 5;
const TIMEOUT_MS = 15_000;

/** A `Call` over n8n's own HTTP: the credential signs, n8n sends, core reads the answer and decides on retries. */
export async function callThrough(host: Host): Promise<Call> {
  // Read once: n8n would fetch the credential from its database and decrypt it for every call.
  const data = await host.getCredentials(CREDENTIAL_TYPE);
  const endpoint = securityCenterEndpoint(data);

  return async (operation, input) => {
    const request = buildRequest(operation, operation.parseInput(input), endpoint);
    let answerLost = false;
    for (let attempt = 1; ; attempt++) {
      const { answer, error } = await attemptOnce(host, data, operation, request, attempt);
      if (answer !== undefined) return answer;
      if (!DescribeImageError.isInstance(error)) throw error;
      error.attempts = attempt;
      error.endpoint = endpoint.host;
      answerLost ||= error.code === 'Network' || error.code === 'Timeout';
      const { idempotent } = operation;
      const state = { retries: attempt - 1, maxRetries: MAX_RETRIES, idempotent, answerLost };
      const decision = retryDecision(error, { ...state, random: Math.random() });
      if (!decision.retry) throw error;
      await sleep(decision.delayMs);
    }
  };
}

type Attempt<Output> =
  | { readonly answer: Answer<Output>; readonly error?: undefined }
  | { readonly answer?: undefined; readonly error: unknown };

async function attemptOnce<Output>(
  host: Host,
  data: ICredentialDataDecryptedObject,
  operation: Pick<Operation<never, Output>, 'action' | 'ramAction' | 'parseOutput'>,
  request: UnsignedRequest,
  attempts: number,
): Promise<Attempt<Output>> {
  try {
    const response = await send(host, data, request);
    const observedAt = new Date();
    const { output, requestId } = parseResponse(operation, httpResponse(response));
    return { answer: { output, requestId, endpoint: request.endpoint.host, observedAt, attempts } };
  } catch (error) {
    return { error: connectionError(operation.action, error) };
  }
}

async function send(
  host: Host,
  data: ICredentialDataDecryptedObject,
  request: UnsignedRequest,
): Promise<IN8nHttpFullResponse> {
  return host.helpers.httpRequestWithAuthentication.call(
    host,
    CREDENTIAL_TYPE,
    {
      method: request.method,
      url: requestUrl(request),
      headers: { ...request.headers },
      ...(typeof request.body === 'string' && { body: request.body }),
      encoding: 'text',
      timeout: TIMEOUT_MS,
      returnFullResponse: true,
      ignoreHttpStatusErrors: true,
      // A signature is for one address; another one must not receive it.
      disableFollowRedirect: true,
    },
    // n8n keeps the session of a role in `data`, so calls that follow find it there.
    { credentialsDecrypted: { id: '', name: '', type: CREDENTIAL_TYPE, data } },
  );
}
