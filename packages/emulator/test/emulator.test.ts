import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  createEmulator,
  demoSeed,
  EmulatorClock,
  type EmulatorOptions,
  parseSnapshot,
} from '../src/index.ts';
import { NOW, signAcs3 } from './sign.ts';
import { call, callRpc, DIGEST_A, DIGEST_B, IMAGE, listRows, start } from './start.ts';
import { sendRaw } from './wire.ts';

describe('an emulator', () => {
  it('listens on loopback only, on a free port', async () => {
    await using one = await createEmulator();
    await using two = await createEmulator();
    expect(one.url).toBe(`http://127.0.0.1:${one.port}`);
    expect(one.port).not.toBe(two.port);
  });

  it('listens on the given port, and reports one that is in use', async () => {
    await using emulator = await start();
    await expect(createEmulator({ port: emulator.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it.each<[EmulatorOptions, string]>([
    [{ port: -1 }, 'port must be a whole number from 0 to 65535, got -1'],
    [{ port: 70_000 }, 'port must be a whole number'],
    [{ requestLogLimit: 1.5 }, 'requestLogLimit must be a whole number'],
    [{ clock: 'noon' }, 'clock: the time must be'],
  ])('rejects %j, naming the option', async (options, message) => {
    await expect(createEmulator(options)).rejects.toThrow(message);
  });

  it('returns the same bytes for the same calls in every run', async () => {
    const run = async () => {
      await using emulator = await createEmulator({ clock: NOW });
      const keys = { accessKeyId: 'demo-access-key-id', accessKeySecret: 'demo-access-key-secret' };
      const role = { RoleArn: 'acs:ram::1234567890123456:role/image-reader', RoleSessionName: 'run' };
      const messages = [
        signAcs3({}, { ...keys, action: 'DescribeImageInstances', nonce: '1' }),
        signAcs3(IMAGE, { ...keys, nonce: '2' }),
        signAcs3(IMAGE, { ...keys, nonce: '2' }),
        signAcs3(role, { ...keys, action: 'AssumeRole', version: '2015-04-01', nonce: '3' }),
      ];
      const answers = [];
      for (const message of messages) answers.push(await sendRaw(emulator.port, message));
      return answers;
    };
    expect(await run()).toEqual(await run());
  });

  it('generates different request ids for different calls and seeds', async () => {
    await using one = await start({ name: 'one' });
    await using two = await start({ name: 'two' });
    const ids = [];
    for (const emulator of [one, one, two]) ids.push((await call(emulator)).document.RequestId);
    expect(new Set(ids).size).toBe(3);
  });

  it('answers with the demo seed and a running clock', async () => {
    await using emulator = await createEmulator();
    const options = { accessKeyId: 'demo-access-key-id', accessKeySecret: 'demo-access-key-secret' };
    const rows = (await call(emulator, {}, { ...options, action: 'DescribeImageInstances' })).document
      .ImageInstanceList;
    const states = new Set(rows.map(({ ScaStatus }: { ScaStatus?: string }) => ScaStatus));
    expect([...states].sort()).toEqual(['CVE_ANALYZER', 'FAIL', 'SUCCESS', 'TIMEOUT', undefined]);
    const nightly = emulator.state.images().find(({ tag }) => tag === 'nightly');
    expect(nightly?.digest).not.toBe(nightly?.inventoryDigest);
    expect(
      emulator.state
        .images()
        .filter(({ repository, tag }) => repository === 'shop/checkout' && tag === '1.4.1'),
    ).toHaveLength(2);
  });

  it('keeps only the latest requests in the log', async () => {
    await using emulator = await start({}, { requestLogLimit: 2 });
    for (let index = 0; index < 3; index += 1) await call(emulator);
    expect(emulator.requests.map(({ sequence }) => sequence)).toEqual([2, 3]);
  });

  it('calls onRequest after each answer', async () => {
    const seen: unknown[] = [];
    await using emulator = await start(
      {},
      { onRequest: ({ operation, status }) => seen.push([operation, status]) },
    );
    await call(emulator);
    expect(seen).toEqual([['DescribeImage', 200]]);
  });
});

describe('reset', () => {
  it('restores the seed but not the clock', async () => {
    await using emulator = await start({ throttle: { callsPerSecond: 3 } });
    const first = (await call(emulator, IMAGE, { nonce: 'n' })).document.RequestId;
    emulator.state.push({ tag: '1.0' }, DIGEST_B);
    emulator.state.push({ tag: '2.0' });
    emulator.faults.add({ effect: { kind: 'html' } });
    await sendRaw(emulator.port, signAcs3(IMAGE));
    emulator.clock.advance(1);
    emulator.reset();
    const again = await call(emulator, IMAGE, { nonce: 'n' });
    expect(again.document).toEqual({ RequestId: first, Data: { Digest: DIGEST_A } });
    expect(emulator.requests).toHaveLength(1);
    expect(emulator.clock.now()).toBe(Date.parse(NOW) + 1);
    expect(await listRows(emulator)).toHaveLength(1);
  });

  it('deletes sessions', async () => {
    await using emulator = await start({ roles: [{ name: 'reader' }] });
    const role = { RoleArn: 'acs:ram::1234567890123456:role/reader', RoleSessionName: 'ci' };
    const { document } = await call(emulator, role, { action: 'AssumeRole', version: '2015-04-01' });
    const { AccessKeyId, AccessKeySecret, SecurityToken } = document.Credentials;
    emulator.reset();
    const session = {
      accessKeyId: AccessKeyId,
      accessKeySecret: AccessKeySecret,
      securityToken: SecurityToken,
    };
    expect((await call(emulator, IMAGE, session)).document.Code).toBe('InvalidAccessKeyId.NotFound');
  });
});

describe('a snapshot', () => {
  it('restores the state, in another emulator too', async () => {
    const seed = { roles: [{ name: 'reader' }], metadata: { role: 'reader' } };
    await using emulator = await start(seed);
    emulator.state.push({ tag: '1.0' }, DIGEST_B);
    emulator.state.startScan({ tag: '1.0' }, { vulnerabilities: 1 });
    emulator.faults.add({ skip: 3, times: 1, effect: { kind: 'error', code: 'ServerError' } });
    const role = { RoleArn: 'acs:ram::1234567890123456:role/reader', RoleSessionName: 'ci' };
    const { document } = await call(emulator, role, {
      action: 'AssumeRole',
      version: '2015-04-01',
      nonce: 'a',
    });
    const { AccessKeyId, AccessKeySecret, SecurityToken } = document.Credentials;
    const session = {
      accessKeyId: AccessKeyId,
      accessKeySecret: AccessKeySecret,
      securityToken: SecurityToken,
    };
    emulator.clock.advance(1_000);
    const kept = JSON.stringify(emulator.snapshot());

    await using other = await start(seed);
    other.restore(parseSnapshot(JSON.parse(kept)));
    expect(other.clock.now()).toBe(Date.parse(NOW) + 1_000);
    expect((await call(other, IMAGE, session)).document.Data.Digest).toBe(DIGEST_B);
    expect((await call(other, role, { nonce: 'a' })).document.Code).toBe('SignatureNonceUsed');
    expect((await listRows(other))[0]).toMatchObject({ ScaStatus: 'INIT' });
    expect((await call(other)).document.Code).toBe('ServerError');
    other.restore(parseSnapshot(JSON.parse(kept)));
    expect(JSON.stringify(other.snapshot())).toBe(kept);
  });

  it('is rejected by an emulator with another seed', async () => {
    await using emulator = await start();
    await using other = await start({ name: 'other' });
    expect(() => other.restore(emulator.snapshot())).toThrow(
      'must be the seed of this emulator, "other", got "test"',
    );
  });
});

describe('the clock', () => {
  it('is frozen when it has a start time, and runs otherwise', () => {
    expect(new EmulatorClock(NOW).frozen).toBe(true);
    expect(new EmulatorClock(NOW).now()).toBe(Date.parse(NOW));
    expect(new EmulatorClock().frozen).toBe(false);
  });

  it('can be set, advanced, frozen and resumed', () => {
    const clock = new EmulatorClock(NOW);
    clock.advance(1_500);
    expect(clock.now()).toBe(Date.parse(NOW) + 1_500);
    clock.set(new Date(0));
    clock.resume();
    clock.resume();
    expect(clock.frozen).toBe(false);
    expect(clock.now()).toBeLessThan(3_600_000);
    clock.advance(-3_600_000);
    expect(clock.now()).toBeLessThan(0);
    clock.freeze();
    expect(clock.now()).toBe(clock.now());
    expect(() => clock.advance(Number.NaN)).toThrow(RangeError);
    expect(() => clock.set('noon')).toThrow(RangeError);
  });
});

describe('the secrets of an emulator', () => {
  it('do not appear in the log, a snapshot or util.inspect', async () => {
    const seed = {
      keys: [
        {
          accessKeyId: 'testid',
          accessKeySecret: 'a-secret-of-the-seed',
          securityToken: 'a-token-of-the-seed',
        },
      ],
      roles: [{ name: 'reader' }],
      metadata: { role: 'reader' },
    };
    await using emulator = await start(seed);
    const keys = { accessKeySecret: 'a-secret-of-the-seed', securityToken: 'a-token-of-the-seed' };
    const role = { RoleArn: 'acs:ram::1234567890123456:role/reader', RoleSessionName: 'ci' };
    const assumed = await call(emulator, role, { ...keys, action: 'AssumeRole', version: '2015-04-01' });
    await callRpc(emulator, IMAGE, keys);
    const { AccessKeySecret, SecurityToken } = assumed.document.Credentials;
    const uri = (await (await fetch(emulator.credentialsUri)).json()) as Record<string, string>;
    const signature = /Signature=([0-9a-f]{64})/.exec(JSON.stringify(signAcs3()))?.[1];
    const shown = [
      JSON.stringify(emulator.requests),
      JSON.stringify(emulator.snapshot()),
      inspect(emulator, { depth: 20, showHidden: true }),
      JSON.stringify(emulator),
    ].join('\n');
    expect(shown).toContain('testid');
    const secrets = [
      'a-secret-of-the-seed',
      'a-token-of-the-seed',
      AccessKeySecret,
      SecurityToken,
      uri['AccessKeySecret'],
      uri['SecurityToken'],
      signature,
    ];
    for (const secret of secrets) {
      expect(secret).toEqual(expect.any(String));
      expect(shown).not.toContain(secret);
    }
    expect(shown).not.toMatch(/Signature=[0-9a-f]{64}/);
  });

  it('are marked as demo secrets in the demo seed', () => {
    for (const { accessKeyId, accessKeySecret } of demoSeed.keys ?? []) {
      expect(`${accessKeyId} ${accessKeySecret}`).toMatch(/^demo-\S+ demo-\S+$/);
    }
  });
});
