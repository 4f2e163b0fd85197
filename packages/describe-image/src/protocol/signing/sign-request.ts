import * as crypto from 'node:crypto';
import type { Credentials } from '../credentials.ts';
import type { SignedRequest, UnsignedRequest } from '../request.ts';
import { draftRequest, EMPTY_PAYLOAD_HASH, isoSeconds, stringToSign } from './draft-request.ts';
import { createSignerOn, type Signer, type SigningContext } from './signer.ts';

/**
 * Signs one request with ACS3-HMAC-SHA256. Sign again for every attempt: dates expire and nonces are accepted once. For many requests
 * with the same credentials use {@link createSigner}, which composes most of the texts once.
 *
 * @throws ValidationError for a header with a character that headers cannot have.
 *
 * @example
 * ```ts
 * import { buildRequest, describeImageOperation, resolveEndpoint, signRequest } from '@describe-image/core/protocol';
 *
 * const unsigned = buildRequest(
 *   describeImageOperation,
 *   { imageRegionId: 'cn-hangzhou', imageInstanceId: 'cri-1', imageRepoId: 'crr-1', imageTag: '1.8.0' },
 *   resolveEndpoint({ region: 'cn-hangzhou' }),
 * );
 * const signed = signRequest(
 *   unsigned,
 *   { accessKeyId: 'testid', accessKeySecret: 'testsecret' },
 *   { date: new Date(), nonce: '3156853299f313e23d1673dc12e1703d' },
 * );
 * ```
 *
 * @see {@link https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature | Signature V3}
 * @public
 */
export function signRequest(
  request: UnsignedRequest,
  credentials: Credentials,
  { date, nonce }: SigningContext,
): SignedRequest {
  const { method, endpoint, query, body } = request;
  const hashedPayload = body === undefined ? EMPTY_PAYLOAD_HASH : sha256Hex(body);
  const values = { query, hashedPayload, date: isoSeconds(date), nonce };
  const { headers, canonicalRequest, authorization } = draftRequest(request, credentials, values);
  const toSign = stringToSign(sha256Hex(canonicalRequest));
  headers['authorization'] = authorization(
    crypto.createHmac('sha256', credentials.accessKeySecret).update(toSign).digest('hex'),
  );
  return { method, endpoint, query, headers, body, canonicalRequest, stringToSign: toSign };
}

function sha256Hex(data: string | Uint8Array): string {
  return crypto.createHash('sha256').update(data).digest('hex');
}

/**
 * Creates a signer for many requests. It keeps the texts that the requests of an operation have in common, and its last keys.
 *
 * @example
 * ```ts
 * import { createSigner, type UnsignedRequest } from '@describe-image/core/protocol';
 *
 * declare const unsigned: UnsignedRequest;
 * declare const nonces: readonly string[];
 *
 * const signer = createSigner();
 * const credentials = { accessKeyId: 'testid', accessKeySecret: 'testsecret' };
 * const signed = nonces.map((nonce) => signer.sign(unsigned, credentials, { date: new Date(), nonce }));
 * ```
 *
 * @public
 */
export function createSigner(): Signer {
  return createSignerOn(crypto);
}
