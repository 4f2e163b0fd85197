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
import { CREDENTIAL_TYPE, securityCenterEndpoint } from '../credential/read-credential.ts';
import { toCoreError, toHttpResponse } from './n8n-response.ts';

/** The n8n contexts that can send a request with a credential. */
export type RequestContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

const MAX_RETRIES = 5;
const TIMEOUT_MS = 15_000;

/** Creates a `Call` that sends through n8n's HTTP helper. The credential signs each attempt. */
export async function createCall(context: RequestContext): Promise<Call> {
  // getCredentials reads and decrypts the credential each time, so it is called once for all items.
  const data = await context.getCredentials(CREDENTIAL_TYPE);
  const endpoint = securityCenterEndpoint(data);

  return async (operation, input) => {
    const request = buildRequest(operation, operation.parseInput(input), endpoint);
    let answerLost = false;
    for (let attempt = 1; ; attempt++) {
      const { answer, error } = await attemptOnce(context, data, operation, request, attempt);
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
  context: RequestContext,
  data: ICredentialDataDecryptedObject,
  operation: Pick<Operation<never, Output>, 'action' | 'ramAction' | 'parseOutput'>,
  request: UnsignedRequest,
  attempts: number,
): Promise<Attempt<Output>> {
  try {
    const response = await send(context, data, request);
    const observedAt = new Date();
    const { output, requestId } = parseResponse(operation, toHttpResponse(response));
    return { answer: { output, requestId, endpoint: request.endpoint.host, observedAt, attempts } };
  } catch (error) {
    return { error: toCoreError(operation.action, error) };
  }
}

async function send(
  context: RequestContext,
  data: ICredentialDataDecryptedObject,
  request: UnsignedRequest,
): Promise<IN8nHttpFullResponse> {
  return context.helpers.httpRequestWithAuthentication.call(
    context,
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
      // A signature is valid for one host only.
      disableFollowRedirect: true,
    },
    // n8n stores the role session in `data`, so later calls reuse it.
    { credentialsDecrypted: { id: '', name: '', type: CREDENTIAL_TYPE, data } },
  );
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
