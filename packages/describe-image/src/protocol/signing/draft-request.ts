import { ValidationError } from '../../errors/errors.ts';
import type { Credentials } from '../credentials.ts';
import type { UnsignedRequest } from '../request.ts';
import { canonicalHeaders } from './canonical-headers.ts';

const ALGORITHM = 'ACS3-HMAC-SHA256';

/** SHA-256 of the empty string: the hashed payload of every request without a body. */
export const EMPTY_PAYLOAD_HASH = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** The values that differ between requests of one operation. */
export interface SigningValues {
  readonly query: string;
  readonly hashedPayload: string;
  /** As {@link isoSeconds} writes it. */
  readonly date: string;
  readonly nonce: string;
}

/** The headers and the canonical request of a request that is not signed yet. */
export interface RequestDraft {
  readonly headers: Record<string, string>;
  /** The text that is hashed: method, path, query, headers, their names, hashed payload. */
  readonly canonicalRequest: string;
  /** Completes the `authorization` header. */
  readonly authorization: (signature: string) => string;
}

/** The characters of header names and values. A line break would add another header. */
const HEADER_TEXT = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * Adds the headers of a signature and writes the canonical request.
 *
 * @throws {@link ValidationError} for a header with a character that headers cannot have.
 */
export function draftRequest(
  { method, endpoint, headers: given }: UnsignedRequest,
  { accessKeyId, securityToken }: Credentials,
  { query, hashedPayload, date, nonce }: SigningValues,
): RequestDraft {
  const headers: Record<string, string> = { host: endpoint.host, ...given };
  for (const [name, value] of Object.entries(headers))
    if (!HEADER_TEXT.test(name + value))
      throw new ValidationError(`header ${JSON.stringify(name)}: has a character that headers cannot have`);
  // Removed first, so that these headers are last and in this order, also if the request was signed before.
  for (const name of ['x-acs-content-sha256', 'x-acs-date', 'x-acs-signature-nonce', 'x-acs-security-token'])
    delete headers[name];
  delete headers['authorization'];
  headers['x-acs-content-sha256'] = hashedPayload;
  headers['x-acs-date'] = date;
  headers['x-acs-signature-nonce'] = nonce;
  if (securityToken !== undefined) headers['x-acs-security-token'] = securityToken;
  const { block, signedHeaders } = canonicalHeaders(headers);
  return {
    headers,
    canonicalRequest: `${method}\n${endpoint.path}\n${query}\n${block}\n${signedHeaders}\n${hashedPayload}`,
    authorization: (signature) =>
      `${ALGORITHM} Credential=${accessKeyId},SignedHeaders=${signedHeaders},Signature=${signature}`,
  };
}

/** The text that is signed. */
export function stringToSign(hashedCanonicalRequest: string): string {
  return `${ALGORITHM}\n${hashedCanonicalRequest}`;
}

/** `yyyy-MM-ddTHH:mm:ssZ`: the service rejects milliseconds. */
export function isoSeconds(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
