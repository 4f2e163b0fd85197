import { describe, expect, it } from 'vitest';
import { ASSUMPTIONS, type Assumptions, createEmulator } from '../src/index.ts';
import { signAcs3, signRpc } from './sign.ts';
import { call, callRpc, IMAGE, start } from './start.ts';
import { sendRaw } from './wire.ts';

async function under(assumptions: Partial<Assumptions>) {
  return await start({}, { assumptions });
}

describe('an assumption', () => {
  it('has a default among its values, a question and a reason', () => {
    for (const [name, { default: chosen, values, question, why }] of Object.entries(ASSUMPTIONS)) {
      expect(values[0], name).toBe(chosen);
      expect(values.length, name).toBeGreaterThan(1);
      expect(question, name).toMatch(/\?$/);
      expect(why, name).toMatch(/\.$/);
    }
  });

  it('is refused by name when it does not exist, and by value when the value does not', async () => {
    const unknown: Record<string, string> = { absentImages: 'error' };
    await expect(createEmulator({ assumptions: unknown })).rejects.toThrow(
      '"absentImages" is not one of absentImage',
    );
    const wrong: Record<string, string> = { absentImage: 'perhaps' };
    await expect(createEmulator({ assumptions: wrong })).rejects.toThrow(
      'assumptions.absentImage: "perhaps" is not one of no-data, empty-data, error',
    );
  });
});

describe('the validity of time stamps', () => {
  it('is as assumed for ACS3', async () => {
    await using emulator = await under({ timestampValidityMinutes: '31' });
    expect((await call(emulator, IMAGE, { date: '2026-11-24T02:33:32Z' })).status).toBe(200);
    expect((await call(emulator, IMAGE, { date: '2026-11-24T02:33:31Z' })).status).toBe(400);
  });

  it('is as assumed for the older RPC scheme', async () => {
    await using emulator = await under({ rpcValidityMinutes: '15' });
    expect((await callRpc(emulator, IMAGE, { date: '2026-11-24T02:49:32Z' })).status).toBe(200);
    expect((await callRpc(emulator, IMAGE, { date: '2026-11-24T02:49:31Z' })).status).toBe(400);
  });
});

it('the format of an RPC answer without Format is as assumed', async () => {
  await using emulator = await under({ rpcDefaultFormat: 'XML' });
  expect((await sendRaw(emulator.port, signRpc(IMAGE))).body).toContain('<DescribeImageResponse>');
  expect((await sendRaw(emulator.port, signAcs3(IMAGE))).body).toContain('{"RequestId"');
});

it('the status of SignatureDoesNotMatch is as assumed', async () => {
  await using emulator = await under({ signatureMismatchStatus: '403' });
  expect((await call(emulator, IMAGE, { accessKeySecret: 'wrong' })).status).toBe(403);
  expect((await callRpc(emulator, IMAGE, { accessKeySecret: 'wrong' })).status).toBe(403);
});

it.each([
  ['SignatureDoesNotMatch', 'SignatureDoesNotMatch'],
  ['accept', undefined],
] as const)('a header that was not signed is treated as assumed: %s', async (unsignedHeader, code) => {
  await using emulator = await under({ unsignedHeader });
  const { document } = await call(emulator, IMAGE, { unsignedHeaders: { 'x-acs-extra': '1' } });
  expect(document.Code).toBe(code);
});

it.each([
  [{ unknownAction: 'InvalidAction.NotFound' }, { action: 'Nothing' }],
  [{ unknownVersion: 'InvalidVersion' }, { version: '2000-01-01' }],
  [{ unknownVersion: 'InvalidApi.NotFound' }, { version: '2000-01-01' }],
] as const)('what does not exist is refused as assumed: %j', async (assumptions, options) => {
  await using emulator = await under(assumptions);
  expect((await call(emulator, {}, options)).document.Code).toBe(Object.values(assumptions)[0]);
});
