import { mockServices } from '@backstage/backend-test-utils';
import { createClient } from '@describe-image/core';
import { createEmulator, demoCredentials } from '@describe-image/emulator';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createKnownImages } from '../src/images/known-images.ts';
import { createLookUpImage } from '../src/images/look-up-image.ts';
import { createImageStore, type ImageStore } from '../src/store/image-store.ts';
import { migrate } from '../src/store/tables.ts';
import { openSqlite } from './databases.ts';
import { CHECKOUT, demoDigest } from './entities.ts';

const IMAGE = { key: CHECKOUT, target: CHECKOUT };
const SECOND = 1000;

/** Sets up look-ups with a manual clock and a cache without expiry. */
async function setUp({
  entries = new Map<string, string>(),
  store,
}: {
  readonly entries?: Map<string, string>;
  readonly store?: ImageStore;
} = {}) {
  const emulator = await createEmulator();
  const client = createClient({ credentials: demoCredentials, endpoint: emulator.url, maxRetries: 0 });
  onTestFinished(async () => {
    client.close();
    await emulator.close();
  });
  const clock = { now: Date.now() };
  const logger = mockServices.logger.mock();
  const moves: string[] = [];
  const cache = mockServices.cache.mock({
    get: async (key) => entries.get(key) as never, // the interface lets callers choose the type
    set: async (key, value) => void entries.set(key, String(value)),
    delete: async (key) => void entries.delete(key),
  });
  const knownImages = createKnownImages(cache);
  const lookUpImage = createLookUpImage({
    knownImages,
    store: store ?? (await openStore()),
    lifetimes: {
      inventoryMs: 300 * SECOND,
      liveMs: 60 * SECOND,
      failureMs: 15 * SECOND,
      refreshMs: 5 * SECOND,
    },
    now: () => clock.now,
    logger,
    onLookUp: () => {},
    onMoves: async (newMoves) => void moves.push(...newMoves.map(({ to }) => to)),
  });
  const instance = { name: 'acme', call: client.call, concurrency: 8, consoleUrl: undefined };
  const lookUp = (refresh = false) => lookUpImage(instance, IMAGE, { refresh });
  /** Returns the operations that were called since the last call of this function. */
  const calls = (): (string | undefined)[] => {
    const operations = emulator.requests.slice(seen).map(({ operation }) => operation);
    seen = emulator.requests.length;
    return operations;
  };
  let seen = 0;
  return { lookUp, lookUpImage, calls, clock, emulator, entries, knownImages, logger, moves };
}

async function openStore(): Promise<ImageStore> {
  const database = await openSqlite();
  onTestFinished(() => database.destroy());
  await migrate({ getClient: async () => database });
  return createImageStore(database);
}

describe('a look-up', () => {
  it('requests each source when its lifetime has ended', async () => {
    const { lookUp, calls, clock } = await setUp();
    await lookUp();
    expect(calls()).toEqual(['DescribeImageInstances', 'DescribeImage']);
    clock.now += 59 * SECOND;
    expect(await lookUp()).toMatchObject({ fromCache: true });
    expect(calls()).toEqual([]);
    clock.now += 2 * SECOND;
    expect(await lookUp()).toMatchObject({ fromCache: false });
    expect(calls()).toEqual(['DescribeImage']);
    clock.now += 240 * SECOND;
    await lookUp();
    expect(calls()).toEqual(['DescribeImageInstances', 'DescribeImage']);
  });

  it('requests only the failed source again, after the shorter lifetime of failures', async () => {
    const { lookUp, calls, clock, emulator } = await setUp();
    emulator.faults.add({ operation: 'DescribeImage', effect: { kind: 'html' } });
    expect((await lookUp()).known.live?.failure?.kind).toBe('service');
    emulator.faults.clear();
    calls();
    clock.now += 14 * SECOND;
    expect((await lookUp()).known.live?.failure?.kind).toBe('service');
    expect(calls()).toEqual([]);
    clock.now += 2 * SECOND;
    expect((await lookUp()).known.live).toMatchObject({
      observation: { digest: demoDigest('checkout 1.4.2') },
    });
    expect(calls()).toEqual(['DescribeImage']);
  });

  it('sends no request before the wait that the service requested', async () => {
    const { lookUp, calls, clock, emulator } = await setUp();
    emulator.faults.add({ times: 1, effect: { kind: 'throttle', retryAfterMs: 40_000 } });
    expect((await lookUp()).known.inventory.failure).toMatchObject({
      kind: 'throttled',
      retryAfterMs: 40_000,
    });
    calls();
    clock.now += 39 * SECOND;
    await lookUp();
    expect(calls()).toEqual([]);
    clock.now += 2 * SECOND;
    await lookUp();
    expect(calls()).toEqual(['DescribeImageInstances', 'DescribeImage']);
  });

  it('refreshes at most once in the configured time', async () => {
    const { lookUp, calls, clock } = await setUp();
    await lookUp();
    calls();
    await lookUp(true);
    clock.now += 4 * SECOND;
    await lookUp(true);
    expect(calls()).toEqual([]);
    clock.now += 2 * SECOND;
    await Promise.all([lookUp(true), lookUp(true), lookUp()]);
    expect(calls()).toEqual(['DescribeImageInstances', 'DescribeImage']);
  });

  it('ends before forty look-ups of an account that does not respond', async () => {
    const { lookUp, lookUpImage } = await setUp();
    const stalled = {
      name: 'stalled',
      call: () => new Promise<never>(() => {}),
      concurrency: 8,
      consoleUrl: undefined,
    };
    for (let n = 0; n < 40; n++) {
      const key = `host/shop/web:${n}`;
      void lookUpImage(stalled, { key, target: key }, { refresh: false });
    }
    expect((await lookUp()).known.live?.observation?.digest).toBe(demoDigest('checkout 1.4.2'));
  });

  it('requests both sources after the cached state was removed', async () => {
    const { lookUp, calls, knownImages } = await setUp();
    await lookUp();
    calls();
    await knownImages.forget({ instance: 'acme', key: CHECKOUT });
    await lookUp();
    expect(calls()).toHaveLength(2);
  });

  it('ignores a cache entry of another version', async () => {
    const { lookUp, calls, entries } = await setUp();
    await lookUp();
    const [[key, text] = ['', '']] = entries;
    for (const foreign of [
      '{',
      'null',
      text.replace('"version":1', '"version":2'),
      text.replace('sha256:', 'md5:'),
    ]) {
      entries.set(key, foreign);
      calls();
      expect(await lookUp()).toMatchObject({ fromCache: false });
      expect(calls()).toHaveLength(2);
    }
  });

  it('returns the stored observations beside a failure when the cache is empty', async () => {
    const { lookUp, emulator, entries } = await setUp();
    const before = await lookUp();
    entries.clear();
    emulator.faults.add({ effect: { kind: 'html' } });
    const { known } = await lookUp();
    expect(known.live?.observation).toEqual(before.known.live?.observation);
    expect(known.inventory).toMatchObject({
      observation: before.known.inventory.observation,
      failure: { kind: 'service' },
    });
  });

  it('reads the store once when the cache is empty, and not at all otherwise', async () => {
    const store = await openStore();
    let reads = 0;
    const latest: ImageStore['latest'] = (identities) => {
      reads++;
      return store.latest(identities);
    };
    const { lookUp, clock } = await setUp({ store: { ...store, latest } });
    await lookUp();
    expect(reads).toBe(1);
    clock.now += 301 * SECOND;
    await lookUp();
    expect(reads).toBe(1);
  });

  it('passes on a move once', async () => {
    const { lookUp, clock, emulator, moves } = await setUp();
    await lookUp();
    emulator.state.push({ instanceId: 'cri-3xk9v2m7q4wz8d1p', repository: 'shop/checkout', tag: '1.4.2' });
    clock.now += 61 * SECOND;
    const { known } = await lookUp();
    clock.now += 61 * SECOND;
    await lookUp();
    expect(moves).toEqual([known.live?.observation?.digest]);
    expect(known.lastMove).toMatchObject({ from: demoDigest('checkout 1.4.2'), to: moves[0] });
  });

  it('returns the digest when the database is down', async () => {
    const store = await openStore();
    const down = async (): Promise<never> => {
      throw new Error('the database is down');
    };
    const { lookUp, logger } = await setUp({ store: { ...store, record: down, latest: down } });
    expect((await lookUp()).known.live?.observation?.digest).toBe(demoDigest('checkout 1.4.2'));
    expect(vi.mocked(logger.error).mock.calls.flat().join(' ')).toContain('the database is down');
  });

  it('returns the digest when the cache is down', async () => {
    const entries = new Map<string, string>();
    const { lookUp, logger } = await setUp({
      entries: Object.assign(entries, {
        get: () => {
          throw new Error('Redis is down');
        },
        set: () => {
          throw new Error('Redis is down');
        },
      }),
    });
    expect((await lookUp()).known.live?.observation?.digest).toBe(demoDigest('checkout 1.4.2'));
    expect(vi.mocked(logger.error).mock.calls.flat().join(' ')).toContain('Redis is down');
  });
});
