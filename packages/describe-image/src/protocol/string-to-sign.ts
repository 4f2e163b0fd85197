export const ALGORITHM = 'ACS3-HMAC-SHA256';

/** The text that is signed. */
export function stringToSign(hashedCanonicalRequest: string): string {
  return `${ALGORITHM}\n${hashedCanonicalRequest}`;
}
