import type * as Crypto from 'node:crypto';
import type { Credentials } from '../credentials.ts';
import type { SignedRequest, UnsignedRequest } from '../request.ts';
import { EMPTY_PAYLOAD_HASH, stringToSign } from './draft-request.ts';
import { PlannedRequest, SigningPlans } from './signing-plan.ts';

/** Date and nonce of one request: signing reads no clock and no randomness. @public */
export interface SigningContext {
  readonly date: Date;
  /** Must never repeat: the service answers `SignatureNonceUsed`. Use 128 random bits. */
  readonly nonce: string;
}

/** Signs requests with ACS3-HMAC-SHA256. @public */
export interface Signer {
  /** @throws ValidationError for a header with a character that headers cannot have. */
  sign(request: UnsignedRequest, credentials: Credentials, context: SigningContext): SignedRequest;
}

/** Creates a signer on `node:crypto`, which is an argument so that the client can load it at the first call. */
export function createSignerOn(crypto: typeof Crypto): Signer {
  const plans = new SigningPlans();
  const sha256Hex = hashWith(crypto);
  const hmacSha256Hex = hmacWith(crypto);
  return {
    sign(request, credentials, { date, nonce }) {
      const plan = plans.planFor(request, credentials);
      const hashedPayload = request.body === undefined ? EMPTY_PAYLOAD_HASH : sha256Hex(request.body);
      const values = { query: request.query, hashedPayload, date: plan.dateOf(date), nonce };
      const toSign = stringToSign(sha256Hex(plan.canonicalRequest(values)));
      const signature = hmacSha256Hex(credentials.accessKeySecret, toSign);
      return new PlannedRequest(request, plan, values, toSign, signature);
    },
  };
}

/** `crypto.hash` exists since Node 20.12. */
function hashWith(crypto: typeof Crypto): (data: string | Uint8Array) => string {
  const { hash } = crypto as Partial<typeof Crypto>;
  return hash === undefined
    ? (data) => crypto.createHash('sha256').update(data).digest('hex')
    : (data) => hash('sha256', data, 'hex');
}

const BLOCK_BYTES = 64;
const HASH_BYTES = 32;
const INNER_PAD = 0x36;
const OUTER_PAD = 0x5c;

/**
 * HMAC as two one-shot hashes over padded blocks, which are kept for the last key. `docs/performance.md`, "Signing alone", compares
 * the signer with one that uses `createHmac`.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc2104#section-2 | RFC 2104, 2}
 */
function hmacWith(crypto: typeof Crypto): (key: string, message: string) => string {
  const { hash } = crypto as Partial<typeof Crypto>;
  if (hash === undefined)
    return (key, message) => crypto.createHmac('sha256', key).update(message).digest('hex');
  const oneShot = hash;
  const encoder = new TextEncoder();
  const outer = new Uint8Array(BLOCK_BYTES + HASH_BYTES);
  let inner = new Uint8Array(BLOCK_BYTES);
  let lastKey: string | undefined;

  function prepare(key: string): void {
    const bytes = encoder.encode(key);
    const block = new Uint8Array(BLOCK_BYTES);
    if (bytes.length > BLOCK_BYTES) copyBytes(oneShot('sha256', bytes, 'binary'), block, 0);
    else block.set(bytes);
    for (let at = 0; at < BLOCK_BYTES; at++) {
      inner[at] = (block[at] ?? 0) ^ INNER_PAD;
      outer[at] = (block[at] ?? 0) ^ OUTER_PAD;
    }
    lastKey = key;
  }

  return (key, message) => {
    if (inner.length !== BLOCK_BYTES + message.length) {
      inner = new Uint8Array(BLOCK_BYTES + message.length);
      lastKey = undefined;
    }
    if (key !== lastKey) prepare(key);
    copyBytes(message, inner, BLOCK_BYTES);
    copyBytes(oneShot('sha256', inner, 'binary'), outer, BLOCK_BYTES);
    return oneShot('sha256', outer, 'hex');
  };
}

/** Only for texts with one byte per character: hashes, and strings to sign. */
function copyBytes(text: string, target: Uint8Array, offset: number): void {
  for (let at = 0; at < text.length; at++) target[offset + at] = text.charCodeAt(at);
}
