import * as crypto from 'node:crypto';

/** SHA-256 of the empty string: the hashed payload of every request without a body. */
export const EMPTY_PAYLOAD_HASH = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

// The one-shot arrived in Node 20.12 and costs a third less than a stream.
const oneShot: typeof crypto.hash | undefined = crypto.hash;

export function sha256Hex(data: string | Uint8Array): string {
  return oneShot === undefined
    ? crypto.createHash('sha256').update(data).digest('hex')
    : oneShot('sha256', data, 'hex');
}

export function hmacSha256Hex(key: string, message: string): string {
  return crypto.createHmac('sha256', key).update(message).digest('hex');
}
