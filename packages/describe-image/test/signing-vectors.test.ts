import { createHash } from 'node:crypto';
import {
  type Acs3Vector,
  type DocumentedExample,
  documentedExamples,
  vectors,
} from '@describe-image/signing-vectors';
import { describe, expect, it } from 'vitest';
import { resolveEndpoint } from '../src/endpoints/resolve-endpoint.ts';
import { rawOperation } from '../src/operations/index.ts';
import {
  buildRequest,
  createSigner,
  type SignedRequest,
  signRequest,
  type UnsignedRequest,
} from '../src/protocol/index.ts';
import { createWebSigner } from '../src/web/web-signer.ts';

type Vector = Acs3Vector | (DocumentedExample & Partial<Acs3Vector>);

const acs3: readonly Vector[] = [
  ...documentedExamples,
  ...vectors.filter((vector) => vector.kind === 'ACS3-HMAC-SHA256'),
];
const exact = acs3.filter(({ divergence }) => divergence === undefined);
const diverging = acs3.filter(({ divergence }) => divergence !== undefined);

/** The headers that the signer adds. All other recorded headers are in its input. */
const OWN_HEADERS = [
  'host',
  'x-acs-content-sha256',
  'x-acs-date',
  'x-acs-signature-nonce',
  'x-acs-security-token',
];

function unsigned({ inputs, headers = [], body = '' }: Vector): UnsignedRequest {
  const operation = rawOperation(inputs.action, { version: inputs.version });
  const built = buildRequest(operation, inputs.params, resolveEndpoint({ endpoint: inputs.host }));
  const recorded = headers
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => !OWN_HEADERS.includes(name) && name !== 'authorization');
  return {
    ...built,
    method: inputs.method,
    headers: { ...built.headers, ...Object.fromEntries(recorded) },
    body: body === '' ? undefined : body,
  };
}

const signers: readonly (readonly [string, (vector: Vector) => Promise<SignedRequest>])[] = [
  ['signRequest', async (vector) => signRequest(unsigned(vector), vector.inputs, signingContext(vector))],
  [
    'createSigner',
    async (vector) => createSigner().sign(unsigned(vector), vector.inputs, signingContext(vector)),
  ],
  [
    'createWebSigner',
    async (vector) => createWebSigner().sign(unsigned(vector), vector.inputs, signingContext(vector)),
  ],
];

function signingContext({ inputs }: Vector): { date: Date; nonce: string } {
  return { date: new Date(inputs.date), nonce: inputs.nonce };
}

it('contains the 44 captured ACS3 requests, one of them the worked example of the vendor', () => {
  expect(exact.map(({ id }) => id)).toContain('doc-v3-runinstances');
  expect([exact.length, diverging.length]).toEqual([44, 1]);
});

describe.each(signers)('%s', (_name, sign) => {
  describe.each(exact.map((vector) => [vector.id, vector] as const))('for %s', (_id, vector) => {
    const line = (text: string, index: number): string | undefined => text.split('\n')[index];

    it('reproduces the canonical query', async () => {
      const { query } = await sign(vector);
      expect(query).toBe(vector.canonicalQuery ?? line(vector.canonicalRequest, 2));
    });

    it('reproduces the hashed payload', async () => {
      const { headers } = await sign(vector);
      expect(headers['x-acs-content-sha256']).toBe(
        vector.payloadHash ?? vector.canonicalRequest.split('\n').at(-1),
      );
    });

    it('reproduces the canonical request', async () => {
      expect((await sign(vector)).canonicalRequest).toBe(vector.canonicalRequest);
    });

    it('reproduces the hashed canonical request', async () => {
      const { canonicalRequest } = await sign(vector);
      expect(createHash('sha256').update(canonicalRequest).digest('hex')).toBe(vector.hashedCanonicalRequest);
    });

    it('reproduces the string to sign', async () => {
      expect((await sign(vector)).stringToSign).toBe(vector.stringToSign);
    });

    it('reproduces the signature', async () => {
      const authorization = (await sign(vector)).headers['authorization'];
      expect(/Signature=([0-9a-f]{64})$/.exec(authorization ?? '')?.[1]).toBe(vector.signature);
      if (vector.authorization !== undefined) expect(authorization).toBe(vector.authorization);
    });
  });

  it.each(diverging.map((vector) => [vector.id, vector] as const))(
    'encodes the parameter name that the official package leaves raw in %s',
    async (_id, vector) => {
      const { query, headers } = await sign(vector);
      expect(vector.canonicalQuery).toBe('Odd Key/中=v');
      expect(query).toBe('Odd%20Key%2F%E4%B8%AD=v');
      expect(headers['authorization']).not.toContain(vector.signature);
    },
  );
});
