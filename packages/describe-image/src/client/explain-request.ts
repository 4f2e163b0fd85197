import { AbortError, TimeoutError } from '../errors/errors.ts';
import { buildRequest } from '../protocol/build-request.ts';
import type { Credentials } from '../protocol/credentials.ts';
import type { Operation } from '../protocol/operation.ts';
import { maskAccessKeyId, redactedCopy, redactHeaders, redactText } from '../protocol/redaction.ts';
import { requestUrl, type SignedRequest } from '../protocol/request.ts';
import { canonicalHeaders } from '../protocol/signing/canonical-headers.ts';
import { askCredentials, type CredentialAsk, credentialsFailure } from './ask-credentials.ts';
import type { ClientState } from './client-state.ts';

/**
 * The stages of one signature, in the vendor's order and with its names. Nothing in it can be replayed: key and signature are masked
 * and the security token is removed, so with temporary keys the canonical request shown is not the one that was hashed.
 *
 * @public
 */
export interface Explanation {
  readonly action: string;
  readonly endpoint: string;
  /** Why this endpoint. */
  readonly endpointReason: string;
  readonly ramAction: string;
  readonly canonicalUri: string;
  readonly canonicalQuery: string;
  readonly canonicalHeaders: string;
  readonly signedHeaders: string;
  readonly hashedPayload: string;
  readonly canonicalRequest: string;
  readonly hashedCanonicalRequest: string;
  readonly stringToSign: string;
  /** The first eight digits. */
  readonly signature: string;
  /** Masked. */
  readonly accessKeyId: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The same request for curl, without its authorization. */
  readonly curl: string;
  /** The same call for the vendor's command line, which signs by itself. */
  readonly aliyun: string;
}

/** Signs a call as the client would, and returns the stages of the signature. */
export async function explainCall<Input>(
  state: ClientState,
  operation: Operation<Input, unknown>,
  input: Input,
): Promise<Explanation> {
  const { runtime, options, clock } = state;
  if (state.isClosed) throw new AbortError('the client was closed');
  const request = buildRequest(operation, operation.parseInput(input), options.endpoint);
  const credentials = await credentialsWithin(state, options.totalTimeoutMs);
  state.checkCredentials(credentials);
  const signer = await state.signer;
  const context = { date: new Date(runtime.now() + clock.offsetMs), nonce: signer.nonce() };
  const signed = await signer.sign(request, credentials, context);
  return redactedCopy(explanationOf(operation, input, signed, credentials), state.redactorFor(credentials));
}

/** @throws TimeoutError if the provider takes longer; CredentialsError if it fails. */
async function credentialsWithin(
  { options, deadlines, runtime }: ClientState,
  timeoutMs: number,
): Promise<Credentials> {
  let ask: CredentialAsk | undefined;
  let stop = (): void => {};
  try {
    ask = askCredentials(options, undefined);
    const late = new Promise<never>((_, reject) => {
      const entry = {
        dueAt: runtime.monotonic() + timeoutMs,
        heapIndex: -1,
        onDue: () => reject(new TimeoutError(`no credentials within ${timeoutMs} ms`)),
      };
      deadlines.add(entry);
      stop = () => deadlines.clear(entry);
    });
    return await Promise.race([ask.given, late]);
  } catch (error) {
    ask?.cancel();
    throw credentialsFailure(error);
  } finally {
    stop();
  }
}

function explanationOf<Input>(
  operation: Operation<Input, unknown>,
  input: Input,
  signed: SignedRequest,
  credentials: Credentials,
): Explanation {
  const { endpoint, headers, query, stringToSign } = signed;
  const { block, signedHeaders } = canonicalHeaders(headers);
  const shown = redactHeaders(headers);
  return {
    action: operation.action,
    endpoint: `${endpoint.protocol}//${endpoint.host}`,
    endpointReason: endpoint.reason,
    ramAction: operation.ramAction,
    canonicalUri: endpoint.path,
    canonicalQuery: query,
    canonicalHeaders: redactText(block),
    signedHeaders,
    hashedPayload: headers['x-acs-content-sha256'] ?? '',
    canonicalRequest: redactText(signed.canonicalRequest),
    hashedCanonicalRequest: stringToSign.split('\n')[1] ?? '',
    stringToSign,
    signature: `${/Signature=(.{8})/.exec(headers['authorization'] ?? '')?.[1]}…`,
    accessKeyId: maskAccessKeyId(credentials.accessKeyId),
    headers: shown,
    curl: curlCommand(signed, shown),
    aliyun: aliyunCommand(operation, input, signed),
  };
}

function curlCommand(request: SignedRequest, headers: Readonly<Record<string, string>>): string {
  const lines = [`curl -X ${request.method} ${quote(requestUrl(request))}`];
  for (const [name, value] of Object.entries(headers))
    if (name !== 'host') lines.push(`-H ${quote(`${name}: ${value}`)}`);
  if (typeof request.body === 'string') lines.push(`--data-raw ${quote(request.body)}`);
  return lines.join(' \\\n  ');
}

function aliyunCommand<Input>(
  operation: Operation<Input, unknown>,
  input: Input,
  { endpoint }: SignedRequest,
): string {
  const { query = {}, form = {} } = operation.toRequest(input);
  const parameters = Object.entries({ ...query, ...form }).filter(([, value]) => value !== undefined);
  const flags = parameters.map(([name, value]) => `${quote(`--${name}`)} ${quote(String(value))}`);
  return [
    `aliyun ${operation.product} ${operation.action}`,
    ...flags,
    `--endpoint ${quote(endpoint.host)}`,
  ].join(' \\\n  ');
}

/** One argument for a POSIX shell. */
function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
