import { describe, expect, it } from 'vitest';
import { createEmulator } from '../src/index.ts';
import type { Seed } from '../src/world/seed.ts';
import { toMessage, type Vector, vectors } from './vectors.ts';
import { sendRaw, type WireAnswer } from './wire.ts';

const DIGEST = 'c0ffee00'.repeat(8);

const signed = vectors.filter(({ kind }) => kind !== 'UNSIGNED');
const faithful = signed.filter(({ divergence }) => divergence === undefined);

describe('the captured requests of the official packages', () => {
  it('cover both schemes', () => {
    expect(faithful.filter(({ kind }) => kind === 'ACS3-HMAC-SHA256').length).toBeGreaterThanOrEqual(43);
    expect(faithful.filter(({ kind }) => kind === 'RPC-HMAC-SHA1').length).toBeGreaterThanOrEqual(32);
  });

  it.each(faithful.map((vector) => [vector.id, vector] as const))('%s is accepted', async (_id, vector) => {
    const answer = await replay(vector);
    expect(answer.body).not.toMatch(/Signature|TimeStamp|AccessKeyId|SecurityToken/);
    expect([200, 400, 404]).toContain(answer.status);
  });

  it.each(
    faithful
      .filter(({ inputs }) => inputs.action === 'DescribeImage' && inputs.version === '2018-12-03')
      .slice(0, 4)
      .map((vector) => [vector.id, vector] as const),
  )('%s gets the digest', async (_id, vector) => {
    const answer = await replay(vector);
    expect(JSON.parse(answer.body)).toMatchObject({ Data: { Digest: DIGEST } });
  });

  it.each(
    signed.filter(({ divergence }) => divergence !== undefined).map((vector) => [vector.id, vector] as const),
  )('%s is refused: it signs a parameter name unencoded', async (_id, vector) => {
    expect((await replay(vector)).body).toContain('SignatureDoesNotMatch');
  });
});

async function replay(vector: Vector): Promise<WireAnswer> {
  await using emulator = await createEmulator({ clock: vector.date, seed: seedFor(vector) });
  return await sendRaw(emulator.port, toMessage(vector));
}

function seedFor({ inputs }: Vector): Seed {
  return {
    keys: [
      {
        accessKeyId: 'testid',
        accessKeySecret: 'testsecret',
        ...(inputs.securityToken !== undefined && { securityToken: inputs.securityToken }),
      },
    ],
    registries: [
      {
        regionId: 'cn-hangzhou',
        instanceId: 'cri-hfs6gaawhyu6****',
        repositories: [
          {
            repoId: 'crr-7i88t7lx3fmf****',
            namespace: 'shop',
            name: 'checkout',
            tags: [{ tag: '1.8.0.15', history: [{ at: '-1d', digest: DIGEST }] }],
          },
        ],
      },
    ],
  };
}
