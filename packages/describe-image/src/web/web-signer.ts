import type { RuntimeSigner } from '../client/runtime.ts';
import { EMPTY_PAYLOAD_HASH, stringToSign } from '../protocol/signing/draft-request.ts';
import { PlannedRequest, SigningPlans } from '../protocol/signing/signing-plan.ts';

const NONCE_BYTES = 16;

/** Signs with WebCrypto as `createSigner` does with `node:crypto`. */
export function createWebSigner(): RuntimeSigner {
  const plans = new SigningPlans();
  const encoder = new TextEncoder();
  let secret: string | undefined;
  let key: ReturnType<typeof crypto.subtle.importKey> | undefined;

  async function sha256Hex(data: string | Uint8Array): Promise<string> {
    const bytes = typeof data === 'string' ? encoder.encode(data) : Uint8Array.from(data);
    return hex(await crypto.subtle.digest('SHA-256', bytes));
  }

  async function hmacSha256Hex(accessKeySecret: string, message: string): Promise<string> {
    if (key === undefined || secret !== accessKeySecret) {
      const algorithm = { name: 'HMAC', hash: 'SHA-256' };
      secret = accessKeySecret;
      key = crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['sign']);
    }
    return hex(await crypto.subtle.sign('HMAC', await key, encoder.encode(message)));
  }

  return {
    nonce: () => hex(crypto.getRandomValues(new Uint8Array(NONCE_BYTES))),
    async sign(request, credentials, { date, nonce }) {
      const plan = plans.planFor(request, credentials);
      const hashedPayload = request.body === undefined ? EMPTY_PAYLOAD_HASH : await sha256Hex(request.body);
      const values = { query: request.query, hashedPayload, date: plan.dateOf(date), nonce };
      const toSign = stringToSign(await sha256Hex(plan.canonicalRequest(values)));
      const signature = await hmacSha256Hex(credentials.accessKeySecret, toSign);
      return new PlannedRequest(request, plan, values, toSign, signature);
    },
  };
}

function hex(bytes: ArrayBuffer | Uint8Array): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
