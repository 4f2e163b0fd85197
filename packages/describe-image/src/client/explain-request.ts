import { canonicalHeaders } from '../protocol/canonical-headers.ts';
import type { Credentials } from '../protocol/credentials.ts';
import { maskAccessKeyId } from '../protocol/mask-access-key-id.ts';
import type { Operation } from '../protocol/operation.ts';
import { redactHeaders } from '../protocol/redact-headers.ts';
import { redactText } from '../protocol/redact-text.ts';
import type { SignedRequest } from '../protocol/request.ts';
import { requestUrl } from '../protocol/request-target.ts';

/**
 * The stages of one signature, in the vendor's order and words. Nothing in it can be replayed: key and signature are masked and the
 * security token is struck out, so with temporary keys the canonical request shown is not the one that was hashed.
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
  /** The same request for curl, its authorization left to be filled in. */
  readonly curl: string;
  /** The same call for the vendor's command line, which signs by itself. */
  readonly aliyun: string;
}

/** Takes a signed request apart again. */
export function explainRequest<Input>(
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
  const words = parameters.map(([name, value]) => `${quote(`--${name}`)} ${quote(String(value))}`);
  return [
    `aliyun ${operation.product} ${operation.action}`,
    ...words,
    `--endpoint ${quote(endpoint.host)}`,
  ].join(' \\\n  ');
}

/** One word for a POSIX shell. */
function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
