import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Parameter } from './parameters.ts';
import { canonicalQuery, percentEncode } from './parameters.ts';

/** The string to sign that the server computed, and whether the signature matches it. */
export interface RpcVerdict {
  readonly stringToSign: string;
  readonly signatureMatches: boolean;
}

/**
 * Verifies the older RPC signature (HMAC-SHA1, SignatureVersion 1.0) over all parameters of query and form body.
 *
 * @see {@link https://www.alibabacloud.com/help/en/sdk/product-overview/rpc-mechanism | RPC mechanism}
 */
export function verifyRpc(
  method: string,
  parameters: readonly Parameter[],
  accessKeySecret: string,
): RpcVerdict {
  const canonical = canonicalQuery(parameters.filter(([name]) => name !== 'Signature'));
  const stringToSign = `${method}&${percentEncode('/')}&${percentEncode(canonical)}`;
  const expected = createHmac('sha1', `${accessKeySecret}&`).update(stringToSign).digest('base64');
  const presented = parameters.find(([name]) => name === 'Signature')?.[1] ?? '';
  return { stringToSign, signatureMatches: sameText(presented, expected) };
}

// Compares the base64 texts: two different texts can decode to the same bytes.
function sameText(presented: string, expected: string): boolean {
  const a = Buffer.from(presented);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}
