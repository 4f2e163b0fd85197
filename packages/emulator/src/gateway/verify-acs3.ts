import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { canonicalQuery, type Parameter, parseParameters } from './parameters.ts';
import { headerValue, rawQuery, requestPath, type WireRequest } from './wire-request.ts';

/** The three parts of an `Authorization: ACS3-HMAC-SHA256 …` header. */
export interface Acs3Authorization {
  readonly accessKeyId: string;
  /** In the order of the header, lower case. */
  readonly signedHeaders: readonly string[];
  /** Lower-case hex, 64 characters. */
  readonly signature: string;
}

const ACS3_ALGORITHM = 'ACS3-HMAC-SHA256';

const FORM = /^ACS3-HMAC-SHA256 Credential=([^,\s]+),SignedHeaders=([^,\s]+),Signature=([0-9a-f]{64})$/;

/** Parses an `Authorization` header. `undefined` when it does not have the documented form. */
export function parseAcs3Authorization(header: string): Acs3Authorization | undefined {
  const [, accessKeyId, signedHeaders, signature] = FORM.exec(header) ?? [];
  if (accessKeyId === undefined || signedHeaders === undefined || signature === undefined) return undefined;
  return { accessKeyId, signedHeaders: signedHeaders.toLowerCase().split(';'), signature };
}

/** The stages that the server computed, and whether the request matches them. */
export interface Acs3Verdict {
  readonly canonicalRequest: string;
  readonly stringToSign: string;
  /** Whether the signature in the request is the one computed from the received bytes. */
  readonly signatureMatches: boolean;
  /** Whether `x-acs-content-sha256` is the hash of the received body. */
  readonly bodyHashMatches: boolean;
  /** Headers that were sent and must be signed, but are not in `SignedHeaders`. */
  readonly unsignedHeaders: readonly string[];
}

/**
 * Verifies an ACS3-HMAC-SHA256 signature from the raw bytes of a request.
 *
 * @remarks
 * Written from the specification and independent of any client: a verifier that shares code with the signer
 * would accept its mistakes.
 *
 * @see {@link https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature | Signature V3}
 */
export function verifyAcs3(
  request: WireRequest,
  authorization: Acs3Authorization,
  accessKeySecret: string,
  query: readonly Parameter[] = parseParameters(rawQuery(request)),
): Acs3Verdict {
  const { signedHeaders } = authorization;
  const hashedPayload = sha256Hex(request.body);
  const canonicalRequest = [
    request.method,
    requestPath(request),
    canonicalQuery(query),
    canonicalHeaders(request.rawHeaders, signedHeaders),
    [...signedHeaders].sort().join(';'),
    hashedPayload,
  ].join('\n');
  // latin1 converts header text back to the received bytes. Every other part is ASCII.
  const stringToSign = `${ACS3_ALGORITHM}\n${sha256Hex(Buffer.from(canonicalRequest, 'latin1'))}`;
  const expected = createHmac('sha256', accessKeySecret).update(stringToSign).digest();
  const presented = Buffer.from(authorization.signature, 'hex');
  const signed = new Set(signedHeaders);
  return {
    canonicalRequest,
    stringToSign,
    signatureMatches: presented.length === expected.length && timingSafeEqual(presented, expected),
    bodyHashMatches: headerValue(request, 'x-acs-content-sha256') === hashedPayload,
    unsignedHeaders: headersToSign(request.rawHeaders).filter((name) => !signed.has(name)),
  };
}

function sha256Hex(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * The canonical headers for the names in `SignedHeaders`: one `name:value\n` each, sorted.
 * A header that was not sent has an empty value, so that the signature does not match.
 */
function canonicalHeaders(rawHeaders: readonly string[], signedHeaders: readonly string[]): string {
  const values = new Map<string, string[]>();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase();
    const value = (rawHeaders[index + 1] ?? '').trim();
    const known = values.get(name);
    if (known) known.push(value);
    else values.set(name, [value]);
  }
  return [...signedHeaders]
    .sort()
    .map((name) => `${name}:${(values.get(name) ?? []).sort().join(',')}\n`)
    .join('');
}

/** The headers of a request that must be signed: `host`, `content-type`, and every `x-acs-*`. */
function headersToSign(rawHeaders: readonly string[]): string[] {
  const names = new Set<string>(['host']);
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase();
    if (name === 'content-type' || name.startsWith('x-acs-')) names.add(name);
  }
  return [...names].sort();
}
