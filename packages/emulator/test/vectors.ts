import type { Vector } from '@describe-image/signing-vectors';
import type { Seed } from '../src/index.ts';
import type { WireMessage } from './wire.ts';

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

/** A seed with the key and the image of a captured request. */
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

/** The error codes of requests that are not authenticated. */
export const AUTHENTICATION_CODE: RegExp =
  /^(?:Signature|IncompleteSignature|InvalidTimeStamp|InvalidAccessKeyId|InvalidSecurityToken)/;
