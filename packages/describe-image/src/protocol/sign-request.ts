import type { Credentials } from './credentials.ts';
import { authorizeRequest, draftRequest, type SigningContext } from './draft-request.ts';
import { EMPTY_PAYLOAD_HASH, hmacSha256Hex, sha256Hex } from './hash.ts';
import type { SignedRequest, UnsignedRequest } from './request.ts';
import { stringToSign } from './string-to-sign.ts';

/**
 * Signs one request with ACS3-HMAC-SHA256. Sign anew for every attempt: dates age and nonces are spent.
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
  context: SigningContext,
): SignedRequest {
  const hashedPayload = request.body === undefined ? EMPTY_PAYLOAD_HASH : sha256Hex(request.body);
  const draft = draftRequest(request, credentials, context, hashedPayload);
  const toSign = stringToSign(sha256Hex(draft.canonicalRequest));
  const signature = hmacSha256Hex(credentials.accessKeySecret, toSign);
  return authorizeRequest(request, credentials, draft, toSign, signature);
}
