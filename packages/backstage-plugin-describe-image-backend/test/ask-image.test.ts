import { mockServices } from '@backstage/backend-test-utils';
import { createClient } from '@describe-image/core';
import { createEmulator, demoCredentials } from '@describe-image/emulator';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createImageStore } from '../src/history/create-image-store.ts';
import type { ImageStore } from '../src/history/image-store.ts';
import { migrate } from '../src/history/migrate.ts';
import { createAskImage } from '../src/images/ask-image.ts';
import { createKnownImages } from '../src/images/known-images.ts';
import { openSqlite } from './databases.ts';
import { CHECKOUT, demoDigest } from './entities.ts';

const IMAGE = { key: CHECKOUT, target: CHECKOUT };
const SECOND = 1000;

/** A back end with a clock that only moves when told, over a cache that forgets nothing by itself. */
async function backEnd({
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
  const askImage = createAskImage({
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
    onMoves: async (_, told) => void moves.push(...told.map(({ to }) => to)),
  });
  const instance = { name: 'acme', call: client.call, consoleUrl: undefined };
  const ask = (refresh = false) => askImage(instance, IMAGE, { refresh });
  /** What was asked since the last look. */
  const asked = (): (string | undefined)[] => {
    const operations = emulator.requests.slice(seen).map(({ operation }) => operation);
    seen = emulator.requests.length;
    return operations;
  };
  let seen = 0;
  return { ask, asked, clock, emulator, entries, knownImages, logger, moves };
}

async function openStore(): Promise<ImageStore> {
  const database = await openSqlite();
  onTestFinished(() => database.destroy());
  await migrate({ getClient: async () => database });
  return createImageStore({ database });
}

describe('an image', () => {
  it('is asked for again source by source, each when its time is over', async () => {
    const { ask, asked, clock } = await backEnd();
    await ask();
    expect(asked()).toEqual(['DescribeImageInstances', 'DescribeImage']);
    clock.now += 59 * SECOND;
    expect(await ask()).toMatchObject({ fromCache: true });
    expect(asked()).toEqual([]);
    clock.now += 2 * SECOND;
    expect(await ask()).toMatchObject({ fromCache: false });
    expect(asked()).toEqual(['DescribeImage']);
    clock.now += 240 * SECOND;
    await ask();
    expect(asked()).toEqual(['DescribeImageInstances', 'DescribeImage']);
  });

  it('that failed is asked for again sooner, and only where it failed', async () => {
    const { ask, asked, clock, emulator } = await backEnd();
    emulator.faults.add({ operation: 'DescribeImage', effect: { kind: 'html' } });
    expect((await ask()).known.live?.failure?.kind).toBe('service');
    emulator.faults.clear();
    asked();
    clock.now += 14 * SECOND;
    expect((await ask()).known.live?.failure?.kind).toBe('service');
    expect(asked()).toEqual([]);
    clock.now += 2 * SECOND;
    expect((await ask()).known.live).toMatchObject({ answer: { digest: demoDigest('checkout 1.4.2') } });
    expect(asked()).toEqual(['DescribeImage']);
  });

  it('that is throttled is not asked for before the service said', async () => {
    const { ask, asked, clock, emulator } = await backEnd();
    emulator.faults.add({ times: 1, effect: { kind: 'throttle', retryAfterMs: 40_000 } });
    expect((await ask()).known.inventory.failure).toMatchObject({ kind: 'throttled', retryAfterMs: 40_000 });
    asked();
    clock.now += 39 * SECOND;
    await ask();
    expect(asked()).toEqual([]);
    clock.now += 2 * SECOND;
    await ask();
    expect(asked()).toEqual(['DescribeImageInstances', 'DescribeImage']);
  });

  it('is refreshed at most once in the configured time, whoever asks', async () => {
    const { ask, asked, clock } = await backEnd();
    await ask();
    asked();
    await ask(true);
    clock.now += 4 * SECOND;
    await ask(true);
    expect(asked()).toEqual([]);
    clock.now += 2 * SECOND;
    await Promise.all([ask(true), ask(true), ask()]);
    expect(asked()).toEqual(['DescribeImageInstances', 'DescribeImage']);
  });

  it('that somebody else saw moving is asked for again', async () => {
    const { ask, asked, knownImages } = await backEnd();
    await ask();
    asked();
    await knownImages.forget({ instance: 'acme', key: CHECKOUT });
    await ask();
    expect(asked()).toHaveLength(2);
  });

  it('of which the cache holds what another version wrote is asked for', async () => {
    const { ask, asked, entries } = await backEnd();
    await ask();
    const [[key, text] = ['', '']] = entries;
    for (const foreign of [
      '{',
      'null',
      text.replace('"version":1', '"version":2'),
      text.replace('sha256:', 'md5:'),
    ]) {
      entries.set(key, foreign);
      asked();
      expect(await ask()).toMatchObject({ fromCache: false });
      expect(asked()).toHaveLength(2);
    }
  });

  it('of which the cache knows nothing any more fails with what the history knew', async () => {
    const { ask, emulator, entries } = await backEnd();
    const before = await ask();
    entries.clear();
    emulator.faults.add({ effect: { kind: 'html' } });
    const { known } = await ask();
    expect(known.live?.answer).toEqual(before.known.live?.answer);
    expect(known.inventory).toMatchObject({ row: before.known.inventory.row, failure: { kind: 'service' } });
  });

  it('that moved is told once', async () => {
    const { ask, clock, emulator, moves } = await backEnd();
    await ask();
    emulator.state.push({ instanceId: 'cri-3xk9v2m7q4wz8d1p', repository: 'shop/checkout', tag: '1.4.2' });
    clock.now += 61 * SECOND;
    const { known } = await ask();
    clock.now += 61 * SECOND;
    await ask();
    expect(moves).toEqual([known.live?.answer?.digest]);
    expect(known.lastMove).toMatchObject({ from: demoDigest('checkout 1.4.2'), to: moves[0] });
  });

  it('is shown though its history cannot be written', async () => {
    const store = await openStore();
    const down = async (): Promise<never> => {
      throw new Error('the database is down');
    };
    const { ask, logger } = await backEnd({ store: { ...store, record: down, latest: down } });
    expect((await ask()).known.live?.answer?.digest).toBe(demoDigest('checkout 1.4.2'));
    expect(vi.mocked(logger.error).mock.calls.flat().join(' ')).toContain('the database is down');
  });

  it('is shown though the cache is down', async () => {
    const entries = new Map<string, string>();
    const { ask, logger } = await backEnd({
      entries: Object.assign(entries, {
        get: () => {
          throw new Error('Redis is down');
        },
        set: () => {
          throw new Error('Redis is down');
        },
      }),
    });
    expect((await ask()).known.live?.answer?.digest).toBe(demoDigest('checkout 1.4.2'));
    expect(vi.mocked(logger.error).mock.calls.flat().join(' ')).toContain('Redis is down');
  });
});
