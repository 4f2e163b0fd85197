import { readFileSync } from 'node:fs';
import type { WireMessage } from './wire.ts';

/** A request captured from an official package. */
export interface Vector {
  readonly id: string;
  readonly kind: 'ACS3-HMAC-SHA256' | 'RPC-HMAC-SHA1' | 'UNSIGNED';
  /** Why the captured signature departs from the documented rule. */
  readonly divergence?: string;
  readonly inputs: {
    readonly accessKeyId?: string;
    readonly accessKeySecret?: string;
    readonly securityToken?: string;
    readonly action: string;
    readonly version: string;
  };
  readonly date: string;
  readonly nonce: string | null;
  readonly method: string;
  readonly query: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
  readonly bodyFraming: 'content-length' | 'chunked' | 'none';
  readonly canonicalRequest?: string;
  readonly stringToSign?: string;
  readonly signature: string | null;
}

// The file is a fixture of this package; its shape is the interface above.
const file = JSON.parse(readFileSync(new URL('./fixtures/signing.json', import.meta.url), 'utf8')) as {
  readonly vectors: readonly Vector[];
};

export const vectors: readonly Vector[] = file.vectors;

/** The bytes of a captured request. */
export function toMessage(vector: Vector): WireMessage {
  return {
    method: vector.method,
    target: vector.query === '' ? '/' : `/?${vector.query}`,
    headers: vector.headers,
    body: vector.body,
    framing: vector.bodyFraming,
  };
}
