import { type Vector, vectors } from '@describe-image/signing-vectors';
import { describe, expect, it } from 'vitest';
import { createEmulator } from '../src/index.ts';
import { AUTHENTICATION_CODE, seedFor, toMessage, VECTOR_DIGEST } from './vectors.ts';
import { sendRaw, type WireAnswer } from './wire.ts';

const signed = vectors.filter(({ kind }) => kind !== 'UNSIGNED');
const faithful = signed.filter(({ divergence }) => divergence === undefined);

describe('the emulator and the captured requests of the official packages', () => {
  it('finds requests of both schemes', () => {
    expect(faithful.filter(({ kind }) => kind === 'ACS3-HMAC-SHA256').length).toBeGreaterThanOrEqual(43);
    expect(faithful.filter(({ kind }) => kind === 'RPC-HMAC-SHA1').length).toBeGreaterThanOrEqual(32);
  });

  it.each(faithful.map((vector) => [vector.id, vector] as const))('accepts %s', async (_id, vector) => {
    await using emulator = await createEmulator({ clock: vector.date, seed: seedFor(vector) });
    await sendRaw(emulator.port, toMessage(vector));
    expect(emulator.requests[0]?.scheme).toBe(vector.kind === 'RPC-HMAC-SHA1' ? 'HMAC-SHA1' : vector.kind);
    expect(emulator.requests[0]?.code ?? '').not.toMatch(AUTHENTICATION_CODE);
  });

  it.each(
    faithful
      .filter(({ inputs }) => inputs.action === 'DescribeImage' && inputs.version === '2018-12-03')
      .slice(0, 4)
      .map((vector) => [vector.id, vector] as const),
  )('returns the digest for %s', async (_id, vector) => {
    const answer = await replay(vector);
    expect(JSON.parse(answer.body)).toMatchObject({ Data: { Digest: VECTOR_DIGEST } });
  });

  it.each(
    signed.filter(({ divergence }) => divergence !== undefined).map((vector) => [vector.id, vector] as const),
  )('rejects %s, which signs a parameter name without encoding', async (_id, vector) => {
    expect((await replay(vector)).body).toContain('SignatureDoesNotMatch');
  });
});

describe('the emulator and the captured AssumeRoleWithOIDC', () => {
  it.each(vectors.filter(({ kind }) => kind === 'UNSIGNED').map((vector) => [vector.id, vector] as const))(
    'returns temporary credentials for %s',
    async (_id, vector) => {
      const answer = await replay(vector);
      expect(answer.status).toBe(200);
      expect(JSON.parse(answer.body)).toMatchObject({
        AssumedRoleUser: { Arn: 'acs:ram::1234567890123456:role/demo/demo-session' },
        Credentials: { AccessKeyId: expect.stringMatching(/^STS\./), Expiration: '2026-11-24T04:04:32Z' },
      });
    },
  );
});

async function replay(vector: Vector): Promise<WireAnswer> {
  await using emulator = await createEmulator({ clock: vector.date, seed: seedFor(vector) });
  return await sendRaw(emulator.port, toMessage(vector));
}
