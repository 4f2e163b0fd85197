import * as crypto from 'node:crypto';
import { ACCESS_KEY_ID, ACCESS_KEY_SECRET, INSTANCE, REGION, REPOSITORY } from './contender.ts';

const EMPTY_HASH = crypto.createHash('sha256').digest('hex');
const SIGNED_HEADERS =
  'host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version';

/** The query of one call, for tags that need no encoding. */
export function queryByHand(tag: string): string {
  return `ImageInstanceId=${INSTANCE}&ImageRegionId=${REGION}&ImageRepoId=${REPOSITORY}&ImageTag=${tag}`;
}

/**
 * The shortest code that signs this call: fixed headers in a fixed order, one template, one hash and one HMAC. It does not support
 * other calls, bodies and temporary keys.
 */
export function signByHand(host: string, query: string, date: Date, nonce: string): Record<string, string> {
  const time = `${date.toISOString().slice(0, 19)}Z`;
  const canonicalRequest = `POST\n/\n${query}\nhost:${host}\nx-acs-action:DescribeImage\nx-acs-content-sha256:${EMPTY_HASH}\nx-acs-date:${time}\nx-acs-signature-nonce:${nonce}\nx-acs-version:2018-12-03\n\n${SIGNED_HEADERS}\n${EMPTY_HASH}`;
  const stringToSign = `ACS3-HMAC-SHA256\n${crypto.hash('sha256', canonicalRequest)}`;
  const signature = crypto.createHmac('sha256', ACCESS_KEY_SECRET).update(stringToSign).digest('hex');
  return {
    host,
    accept: 'application/json',
    'x-acs-action': 'DescribeImage',
    'x-acs-content-sha256': EMPTY_HASH,
    'x-acs-date': time,
    'x-acs-signature-nonce': nonce,
    'x-acs-version': '2018-12-03',
    authorization: `ACS3-HMAC-SHA256 Credential=${ACCESS_KEY_ID},SignedHeaders=${SIGNED_HEADERS},Signature=${signature}`,
  };
}

/** Returns a query and the headers with its signature. */
export function signedCall(host: string, tag: string): { query: string; headers: Record<string, string> } {
  const query = queryByHand(tag);
  return {
    query,
    headers: signByHand(host, query, new Date(), crypto.randomBytes(16).toString('hex')),
  };
}
