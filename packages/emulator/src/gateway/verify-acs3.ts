import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { ACS3_ALGORITHM, type Acs3Authorization } from './acs3-authorization.ts';
import { canonicalHeaders, headersToSign } from './canonical-headers.ts';
import { canonicalQuery } from './canonical-query.ts';
import { type Parameter, parseParameters } from './parse-parameters.ts';
import { headerValue, rawQuery, requestPath, type WireRequest } from './wire-request.ts';

/** What the server computed, and whether the client computed the same. */
export interface Acs3Verdict {
  readonly canonicalRequest: string;
  readonly stringToSign: string;
  /** Whether the presented signature is the one computed from the bytes that arrived. */
  readonly signatureMatches: boolean;
  /** Whether `x-acs-content-sha256` is the hash of the body that arrived. */
  readonly bodyHashMatches: boolean;
  /** Headers that were sent and must be signed, but are not in `SignedHeaders`. */
  readonly unsignedHeaders: readonly string[];
}

/**
 * Verifies an ACS3-HMAC-SHA256 signature from the raw bytes of a request.
 *
 * @remarks
 * Written from the specification and independent of any client: a verifier that shares the signer
 * agrees with every mistake in it.
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
  // latin1 turns header text back into the very bytes that arrived; every other part is ASCII.
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
