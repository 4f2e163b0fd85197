import type { Credentials } from '../protocol/credentials.ts';
import { authorizeRequest, draftRequest, type SigningContext } from '../protocol/draft-request.ts';
import type { SignedRequest, UnsignedRequest } from '../protocol/request.ts';
import { stringToSign } from '../protocol/string-to-sign.ts';

const encoder = /* @__PURE__ */ new TextEncoder();

/** The same stages as `signRequest`, where there is no `node:crypto`. */
export async function signWithWebCrypto(
  request: UnsignedRequest,
  credentials: Credentials,
  context: SigningContext,
): Promise<SignedRequest> {
  const draft = draftRequest(request, credentials, context, await sha256Hex(request.body ?? ''));
  const toSign = stringToSign(await sha256Hex(draft.canonicalRequest));
  const signature = await hmacSha256Hex(credentials.accessKeySecret, toSign);
  return authorizeRequest(request, credentials, draft, toSign, signature);
}

async function sha256Hex(data: string | Uint8Array): Promise<string> {
  return hex(
    await crypto.subtle.digest(
      'SHA-256',
      typeof data === 'string' ? encoder.encode(data) : Uint8Array.from(data),
    ),
  );
}

async function hmacSha256Hex(secret: string, message: string): Promise<string> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['sign']);
  return hex(await crypto.subtle.sign('HMAC', key, encoder.encode(message)));
}

function hex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
