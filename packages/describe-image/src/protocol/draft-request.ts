import { type CanonicalHeaders, canonicalHeaders } from './canonical-headers.ts';
import { canonicalRequest } from './canonical-request.ts';
import type { Credentials } from './credentials.ts';
import type { SignedRequest, UnsignedRequest } from './request.ts';
import { ALGORITHM } from './string-to-sign.ts';

/** Time and chance, passed in: signing reads no clock and no randomness. */
export interface SigningContext {
  readonly date: Date;
  /** Must never repeat: the service answers `SignatureNonceUsed`. Use 128 random bits. */
  readonly nonce: string;
}

/** Everything but the signature. */
export interface RequestDraft {
  readonly headers: Record<string, string>;
  readonly canonical: CanonicalHeaders;
  readonly canonicalRequest: string;
}

/** Adds the headers that signing needs and writes the canonical request. */
export function draftRequest(
  request: UnsignedRequest,
  { securityToken }: Credentials,
  { date, nonce }: SigningContext,
  hashedPayload: string,
): RequestDraft {
  const headers: Record<string, string> = {
    host: request.endpoint.host,
    ...request.headers,
    'x-acs-content-sha256': hashedPayload,
    'x-acs-date': isoSeconds(date),
    'x-acs-signature-nonce': nonce,
  };
  if (securityToken !== undefined) headers['x-acs-security-token'] = securityToken;
  const canonical = canonicalHeaders(headers);
  return { headers, canonical, canonicalRequest: canonicalRequest(request, canonical, hashedPayload) };
}

/** Puts the signature where the service looks for it: into the draft's own headers, which nobody else holds. */
export function authorizeRequest(
  request: UnsignedRequest,
  { accessKeyId }: Credentials,
  { headers, canonical, canonicalRequest }: RequestDraft,
  stringToSign: string,
  signature: string,
): SignedRequest {
  headers['authorization'] =
    `${ALGORITHM} Credential=${accessKeyId},SignedHeaders=${canonical.signedHeaders},Signature=${signature}`;
  const { method, endpoint, query, body } = request;
  return { method, endpoint, query, headers, body, canonicalRequest, stringToSign };
}

/** `yyyy-MM-ddTHH:mm:ssZ`: the service refuses milliseconds. Written out field by field, cheaper than cutting `toISOString`. */
function isoSeconds(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
