import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { refreshing } from '../../src/credentials/index.ts';
import { NetworkError } from '../../src/errors/errors.ts';
import type { Credentials } from '../../src/protocol/credentials.ts';
import { START } from './machine.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** A session service whose answers come when the test says so. */
function sessions({ lifeMs = HOUR }: { lifeMs?: number } = {}) {
  let time = START;
  let number = 0;
  let failing = false;
  let gate: Promise<void> = Promise.resolve();
  const fetch = async (): Promise<Credentials> => {
    const mine = ++number;
    await gate;
    if (failing) throw new NetworkError('no complete answer from sts: ECONNRESET');
    const keys = {
      accessKeyId: `STS.${mine}`,
      accessKeySecret: `secret-${mine}`,
      securityToken: `token-${mine}`,
    };
    return { ...keys, expiration: new Date(time + lifeMs) };
  };
  return {
    provider: refreshing(fetch, { now: () => time }),
    advance: (milliseconds: number) => {
      time += milliseconds;
    },
    fail: (value: boolean) => {
      failing = value;
    },
    hold: () => {
      let open = (): void => {};
      gate = new Promise((resolve) => {
        open = resolve;
      });
      return open;
    },
    get fetches() {
      return number;
    },
  };
}

/** Lets what runs in the background come to an end. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('100 concurrent first calls make one fetch', async () => {
  const service = sessions();
  const all = await Promise.all(Array.from({ length: 100 }, () => service.provider()));
  expect(new Set(all.map(({ accessKeyId }) => accessKeyId))).toEqual(new Set(['STS.1']));
  expect(service.fetches).toBe(1);
});

test('a fresh session is given without waiting', async () => {
  const service = sessions();
  await service.provider();
  expect(service.provider()).not.toBeInstanceOf(Promise);
  expect(service.fetches).toBe(1);
});

test('15 minutes before its end a session is renewed in the background, once', async () => {
  const service = sessions();
  await service.provider();
  service.advance(44 * MINUTE);
  await service.provider();
  expect(service.fetches).toBe(1);
  service.advance(2 * MINUTE);
  const during = Array.from({ length: 20 }, () => service.provider());
  expect(during.every((given) => !(given instanceof Promise) && given.accessKeyId === 'STS.1')).toBe(true);
  await settle();
  expect(service.provider()).toMatchObject({ accessKeyId: 'STS.2' });
  expect(service.fetches).toBe(2);
});

test('a failed refresh keeps a session that is still valid, and is not repeated at every call', async () => {
  const service = sessions();
  await service.provider();
  service.fail(true);
  service.advance(50 * MINUTE);
  for (let call = 0; call < 5; call++) {
    expect(await service.provider()).toMatchObject({ accessKeyId: 'STS.1' });
    await settle();
  }
  expect(service.fetches).toBe(2);
  service.advance(9.5 * MINUTE);
  expect(await service.provider()).toMatchObject({ accessKeyId: 'STS.1' });
});

test('after its end a session is not given any more, whatever the fetch does', async () => {
  const service = sessions();
  await service.provider();
  service.fail(true);
  service.advance(HOUR + 1);
  await expect(service.provider()).rejects.toThrow('ECONNRESET');
  service.fail(false);
  expect(await service.provider()).toMatchObject({ accessKeyId: 'STS.3' });
});

test('a failed first fetch is not remembered', async () => {
  const service = sessions();
  service.fail(true);
  await expect(service.provider()).rejects.toThrow('ECONNRESET');
  service.fail(false);
  expect(await service.provider()).toMatchObject({ accessKeyId: 'STS.2' });
});

test('in the last minute callers wait for the new session', async () => {
  const service = sessions();
  await service.provider();
  service.advance(59.5 * MINUTE);
  expect(await service.provider()).toMatchObject({ accessKeyId: 'STS.2' });
});

test('refused credentials are fetched anew, once for all who were refused', async () => {
  const service = sessions();
  const refused = await service.provider();
  const all = await Promise.all(Array.from({ length: 50 }, () => service.provider({ refused })));
  expect(new Set(all.map(({ accessKeyId }) => accessKeyId))).toEqual(new Set(['STS.2']));
  expect(await service.provider({ refused })).toMatchObject({ accessKeyId: 'STS.2' });
  expect(service.fetches).toBe(2);
});

test('a caller that aborts leaves the shared fetch to the others', async () => {
  const service = sessions();
  const open = service.hold();
  const leaving = new AbortController();
  const first = service.provider({ signal: leaving.signal });
  const second = service.provider({ signal: new AbortController().signal });
  leaving.abort(new Error('enough'));
  await expect(first).rejects.toMatchObject({ code: 'Abort' });
  open();
  expect(await second).toMatchObject({ accessKeyId: 'STS.1' });
  expect(service.fetches).toBe(1);
});

test('a session shorter than the refresh window is used for half of its life before it is renewed', async () => {
  const service = sessions({ lifeMs: 15 * MINUTE });
  await service.provider();
  service.advance(7 * MINUTE);
  await service.provider();
  await settle();
  expect(service.fetches).toBe(1);
  service.advance(MINUTE);
  await service.provider();
  await settle();
  expect(service.fetches).toBe(2);
});

test('keys without an end are looked up again after five minutes, so that a rotated file is picked up', async () => {
  let time = START;
  let number = 0;
  const provider = refreshing(async () => ({ accessKeyId: `LTAI${++number}`, accessKeySecret: 'secret' }), {
    now: () => time,
  });
  await provider();
  time += 4 * MINUTE;
  await provider();
  expect(number).toBe(1);
  time += 2 * MINUTE;
  await provider();
  await settle();
  expect(await provider()).toMatchObject({ accessKeyId: 'LTAI2' });
});

test('inspecting a provider that holds a session shows none of it', async () => {
  const service = sessions();
  await service.provider();
  expect(inspect(service.provider, { depth: 9, showHidden: true })).not.toContain('secret-1');
});
