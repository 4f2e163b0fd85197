import { readFileSync } from 'node:fs';
import type { Seed } from '../src/index.ts';
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

export const VECTOR_DIGEST: string = 'c0ffee00'.repeat(8);

/** A world in which a captured request makes sense. */
export function seedFor({ inputs }: Vector): Seed {
  return {
    keys: [
      {
        accessKeyId: 'testid',
        accessKeySecret: 'testsecret',
        ...(inputs.securityToken !== undefined && { securityToken: inputs.securityToken }),
      },
    ],
    roles: [{ name: 'demo' }],
    oidcProviders: [{ name: 'demo' }],
    registries: [
      {
        regionId: 'cn-hangzhou',
        instanceId: 'cri-hfs6gaawhyu6****',
        repositories: [
          {
            repoId: 'crr-7i88t7lx3fmf****',
            namespace: 'shop',
            name: 'checkout',
            tags: [{ tag: '1.8.0.15', history: [{ at: '-1d', digest: VECTOR_DIGEST }] }],
          },
        ],
      },
    ],
  };
}

/** The codes that say a request is not believed. */
export const DISBELIEF: RegExp =
  /^(?:Signature|IncompleteSignature|InvalidTimeStamp|InvalidAccessKeyId|InvalidSecurityToken)/;
