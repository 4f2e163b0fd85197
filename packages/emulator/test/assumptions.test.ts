import { describe, expect, it } from 'vitest';
import { ASSUMPTIONS, type Assumptions, createEmulator } from '../src/index.ts';
import { type SignOptions, signAcs3, signRpc } from './sign.ts';
import { call, callRpc, IMAGE, send, start } from './start.ts';
import { sendRaw } from './wire.ts';

async function under(assumptions: Partial<Assumptions>) {
  return await start({}, { assumptions });
}

describe('ASSUMPTIONS', () => {
  it('has values with the default first, a question and a reason for every name', () => {
    for (const [name, { default: chosen, values, question, why }] of Object.entries(ASSUMPTIONS)) {
      expect(values[0], name).toBe(chosen);
      expect(values.length, name).toBeGreaterThan(1);
      expect(question, name).toMatch(/\?$/);
      expect(why, name).toMatch(/\.$/);
    }
  });

  it('rejects an unknown name and an unknown value, listing the known ones', async () => {
    const unknown: Record<string, string> = { absentImages: 'error' };
    await expect(createEmulator({ assumptions: unknown })).rejects.toThrow(
      /^assumptions: the name must be one of absentImage, .*, got "absentImages"$/,
    );
    const wrong: Record<string, string> = { absentImage: 'perhaps' };
    await expect(createEmulator({ assumptions: wrong })).rejects.toThrow(
      'assumptions.absentImage: the value must be one of no-data, empty-data, error, got "perhaps"',
    );
  });
});

describe('the validity of timestamps', () => {
  it('follows the assumption for ACS3', async () => {
    await using emulator = await under({ timestampValidityMinutes: '31' });
    expect((await call(emulator, IMAGE, { date: '2026-11-24T02:33:32Z' })).status).toBe(200);
    expect((await call(emulator, IMAGE, { date: '2026-11-24T02:33:31Z' })).status).toBe(400);
  });

  it('follows the assumption for the older RPC scheme', async () => {
    await using emulator = await under({ rpcValidityMinutes: '15' });
    expect((await callRpc(emulator, IMAGE, { date: '2026-11-24T02:49:32Z' })).status).toBe(200);
    expect((await callRpc(emulator, IMAGE, { date: '2026-11-24T02:49:31Z' })).status).toBe(400);
  });
});

it('answers an RPC request without Format in the assumed format', async () => {
  await using emulator = await under({ rpcDefaultFormat: 'XML' });
  expect((await sendRaw(emulator.port, signRpc(IMAGE))).body).toContain('<DescribeImageResponse>');
  expect((await sendRaw(emulator.port, signAcs3(IMAGE))).body).toContain('{"RequestId"');
});

it.each<[Partial<Assumptions>, SignOptions, string]>([
  [{ signatureMismatchStatus: '403' }, { accessKeySecret: 'wrong' }, 'SignatureDoesNotMatch'],
  [{ unknownKeyStatus: '400' }, { accessKeyId: 'unknown-id' }, 'InvalidAccessKeyId.NotFound'],
  [{ securityTokenStatus: '403' }, { securityToken: 'x' }, 'InvalidSecurityToken.Malformed'],
  [{ unknownVersionStatus: '400' }, { version: '2000-01-01' }, 'NoSuchVersion'],
  [{ unsupportedMethodStatus: '403' }, { method: 'PUT' }, 'UnsupportedHTTPMethod'],
  [{ throttlingStatus: '429' }, {}, 'Throttling.User'],
])('answers with the assumed status: %j', async (assumptions, options, code) => {
  await using emulator = await start({ throttle: { callsPerSecond: 1 } }, { assumptions });
  if (code.startsWith('Throttling')) await call(emulator);
  const answer = await call(emulator, IMAGE, options);
  expect([answer.status, answer.document.Code]).toEqual([Number(Object.values(assumptions)[0]), code]);
});

it('rejects a disabled key with the assumed code', async () => {
  const keys = [{ accessKeyId: 'testid', accessKeySecret: 'testsecret', status: 'Inactive' as const }];
  await using emulator = await start(
    { keys },
    { assumptions: { disabledKey: 'Forbidden.AccessKeyDisabled' } },
  );
  const answer = await call(emulator);
  expect([answer.status, answer.document.Code]).toEqual([403, 'Forbidden.AccessKeyDisabled']);
});

it('rejects an expired timestamp with the assumed code', async () => {
  await using emulator = await under({ expiredTimestamp: 'IllegalTimestamp' });
  expect((await call(emulator, IMAGE, { date: '2020-01-01T00:00:00Z' })).document.Code).toBe(
    'IllegalTimestamp',
  );
});

it('rejects a missing header with the assumed code', async () => {
  await using emulator = await under({ missingHeader: 'MissingParameter' });
  const message = signAcs3(IMAGE);
  const headers = message.headers.filter(([name]) => name !== 'x-acs-date');
  const { document } = await send(emulator, { ...message, headers });
  expect(document).toMatchObject({
    Code: 'MissingParameter',
    Message: expect.stringContaining('"x-acs-date"'),
  });
});

it('rejects a used nonce for the assumed time', async () => {
  await using emulator = await under({ nonceMemoryMinutes: '31' });
  await call(emulator, IMAGE, { nonce: 'n' });
  emulator.clock.advance(31 * 60_000 - 1);
  expect((await call(emulator, IMAGE, { nonce: 'n' })).document.Code).toBe('SignatureNonceUsed');
  emulator.clock.advance(1);
  expect((await call(emulator, IMAGE, { nonce: 'n' })).status).toBe(200);
});

it.each([
  ['SignatureDoesNotMatch', 'SignatureDoesNotMatch'],
  ['accept', undefined],
] as const)('treats a header that is not signed as assumed: %s', async (unsignedHeader, code) => {
  await using emulator = await under({ unsignedHeader });
  const { document } = await call(emulator, IMAGE, { unsignedHeaders: { 'x-acs-extra': '1' } });
  expect(document.Code).toBe(code);
});

it.each([
  [{ unknownAction: 'InvalidAction.NotFound' }, { action: 'Nothing' }],
  [{ unknownVersion: 'InvalidVersion' }, { version: '2000-01-01' }],
  [{ unknownVersion: 'InvalidApi.NotFound' }, { version: '2000-01-01' }],
] as const)(
  'rejects unknown operations and versions with the assumed code: %j',
  async (assumptions, options) => {
    await using emulator = await under(assumptions);
    expect((await call(emulator, {}, options)).document.Code).toBe(Object.values(assumptions)[0]);
  },
);
