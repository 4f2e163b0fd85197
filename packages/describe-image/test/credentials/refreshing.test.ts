import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { refreshing } from '../../src/credentials/index.ts';
import { NetworkError } from '../../src/errors/errors.ts';
import type { CredentialRequest, Credentials } from '../../src/protocol/credentials.ts';
import { START } from './machine.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** A session service whose answers the test controls. */
function sessions({ lifeMs = HOUR }: { lifeMs?: number } = {}) {
  let time = START;
  let stepMs = 0;
  let number = 0;
  let failing = false;
  let gate: Promise<void> = Promise.resolve();
  const signals: (AbortSignal | undefined)[] = [];
  const fetch = async ({ signal }: CredentialRequest): Promise<Credentials> => {
    const mine = ++number;
    signals.push(signal);
    await gate;
    if (failing) throw new NetworkError('no complete answer from sts: ECONNRESET');
    const keys = {
      accessKeyId: `STS.${mine}`,
      accessKeySecret: `secret-${mine}`,
      securityToken: `token-${mine}`,
    };
    return { ...keys, expiration: new Date(time + stepMs + lifeMs) };
  };
  return {
    provider: refreshing(fetch, { now: () => time + stepMs, monotonicNow: () => time }),
    signals,
    /** Sets the local clock forward or back. */
    setClock: (milliseconds: number) => {
      stepMs = milliseconds;
    },
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

/** Waits for background tasks. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('fetches once for 100 concurrent first calls', async () => {
  const service = sessions();
  const all = await Promise.all(Array.from({ length: 100 }, () => service.provider()));
  expect(new Set(all.map(({ accessKeyId }) => accessKeyId))).toEqual(new Set(['STS.1']));
  expect(service.fetches).toBe(1);
});

it('returns a fresh session without waiting', async () => {
  const service = sessions();
  await service.provider();
  expect(service.provider()).not.toBeInstanceOf(Promise);
  expect(service.fetches).toBe(1);
});

it('refreshes a session in the background, once, 15 minutes before its end', async () => {
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

it('keeps a valid session when a refresh fails, and does not refresh at every call', async () => {
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

it('does not return a session after its end when the fetch fails', async () => {
  const service = sessions();
  await service.provider();
  service.fail(true);
  service.advance(HOUR + 1);
  await expect(service.provider()).rejects.toThrow('ECONNRESET');
  service.fail(false);
  expect(await service.provider()).toMatchObject({ accessKeyId: 'STS.3' });
});

it('fetches again after a failed first fetch', async () => {
  const service = sessions();
  service.fail(true);
  await expect(service.provider()).rejects.toThrow('ECONNRESET');
  service.fail(false);
  expect(await service.provider()).toMatchObject({ accessKeyId: 'STS.2' });
});

it('waits for the new session in the last minute', async () => {
  const service = sessions();
  await service.provider();
  service.advance(59.5 * MINUTE);
  expect(await service.provider()).toMatchObject({ accessKeyId: 'STS.2' });
});

it('fetches once for all callers whose credentials were rejected', async () => {
  const service = sessions();
  const expired = await service.provider();
  const all = await Promise.all(Array.from({ length: 50 }, () => service.provider({ expired })));
  expect(new Set(all.map(({ accessKeyId }) => accessKeyId))).toEqual(new Set(['STS.2']));
  expect(await service.provider({ expired })).toMatchObject({ accessKeyId: 'STS.2' });
  expect(service.fetches).toBe(2);
});

it('continues the shared fetch for the other callers when one aborts', async () => {
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

it('aborts the shared fetch when the last waiting caller aborts, and fetches again at the next call', async () => {
  const service = sessions();
  const open = service.hold();
  const [first, second] = [new AbortController(), new AbortController()];
  const calls = [first, second].map(({ signal }) => service.provider({ signal }));
  first.abort();
  await expect(calls[0]).rejects.toMatchObject({ code: 'Abort' });
  expect(service.signals[0]?.aborted).toBe(false);
  second.abort();
  await expect(calls[1]).rejects.toMatchObject({ code: 'Abort' });
  expect(service.signals[0]?.aborted).toBe(true);
  open();
  expect(await service.provider({ signal: new AbortController().signal })).toMatchObject({
    accessKeyId: 'STS.2',
  });
});

it('starts no fetch for a caller that has already aborted', async () => {
  const service = sessions();
  await expect(service.provider({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'Abort' });
  expect(service.fetches).toBe(0);
});

it.each([-HOUR, HOUR])(
  'neither ends nor extends a session when the local clock is set by %i ms',
  async (step) => {
    const service = sessions();
    await service.provider();
    service.setClock(step);
    service.advance(40 * MINUTE);
    expect(service.provider()).toMatchObject({ accessKeyId: 'STS.1' });
    await settle();
    expect(service.fetches).toBe(1);
    service.advance(20 * MINUTE);
    expect(await service.provider()).toMatchObject({ accessKeyId: 'STS.2' });
  },
);

it('refreshes a short session after half of its life', async () => {
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

it('reads keys without an expiration again after five minutes', async () => {
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

it('shows no secret when a provider with a session is inspected', async () => {
  const service = sessions();
  await service.provider();
  expect(inspect(service.provider, { depth: 9, showHidden: true })).not.toContain('secret-1');
});
