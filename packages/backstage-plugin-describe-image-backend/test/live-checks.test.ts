import { mockServices } from '@backstage/backend-test-utils';
import { createClient } from '@describe-image/core';
import { createEmulator, demoCredentials, type Seed } from '@describe-image/emulator';
import type { Knex } from 'knex';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseEntity } from '../src/entities/entity-reader.ts';
import { createDeliveryStore } from '../src/outbox/delivery-store.ts';
import { checkLive } from '../src/refresh/check-live.ts';
import { createLiveCheckStore } from '../src/refresh/live-check-store.ts';
import { weighImages } from '../src/refresh/weigh-images.ts';
import { NO_RUNNING_IMAGES } from '../src/running/running-images.ts';
import { createImageStore } from '../src/store/image-store.ts';
import { migrate } from '../src/store/tables.ts';
import { DATABASES, openSqlite } from './databases.ts';
import { CHECKOUT_IDS, component, demoDigest, HOST, pathOf } from './entities.ts';
import { startPlugin } from './start-plugin.ts';

const LATEST = `${HOST}/shop/checkout:latest`;
const MINUTE = 60_000;
const START = Date.UTC(2026, 10, 24);
const idOf = (n: number): string => `cn-hangzhou/cri-many/crr-many:${n}`;

const seed: Seed = {
  name: 'many',
  keys: [{ ...demoCredentials }],
  registries: [
    {
      regionId: 'cn-hangzhou',
      instanceId: 'cri-many',
      domains: { internet: ['many-registry.cn-hangzhou.cr.aliyuncs.com'] },
      repositories: [
        {
          repoId: 'crr-many',
          namespace: 'many',
          name: 'images',
          tags: Array.from({ length: 50 }, (_, n) => ({
            tag: `${n}`,
            history: [{ at: '2026-01-01T00:00:00Z', digest: n.toString(16).padStart(64, '0') }],
          })),
        },
      ],
    },
  ],
};

/** Several back ends with the same database, whose clock advances when one of them waits. */
async function setUp({ database, perMinute = 30 }: { database?: Knex; perMinute?: number } = {}) {
  const shared = database ?? (await openSqlite());
  await migrate({ getClient: async () => shared });
  const emulator = await createEmulator({ seed });
  const client = createClient({ credentials: demoCredentials, endpoint: emulator.url, maxRetries: 0 });
  onTestFinished(async () => {
    client.close();
    await emulator.close();
    await shared.destroy();
  });
  const clock = { now: START };
  const instance = { name: 'acme', call: client.call, concurrency: 8, consoleUrl: undefined };
  const instances = { all: [instance], find: () => instance, close: () => {} };
  const store = createImageStore(shared);
  const started: { tag: string | undefined; at: number }[] = [];
  const maxAgeMs = 60 * MINUTE;
  const declare = async (...entities: (readonly string[])[]) => {
    const declaring = entities.map((ids, n) => parseEntity(component(`service-${n}`, { ids })));
    const limit = { now: () => clock.now, liveCheckMaxAgeMs: maxAgeMs };
    const images = await weighImages({ instances, store, running: NO_RUNNING_IMAGES, ...limit }, declaring);
    await createLiveCheckStore(shared).setWeights(images, clock.now);
  };
  /** Runs the task once, as on one back end. Returns the tags that it checked, in order. */
  const run = async ({ periodMs = MINUTE, clockOf = clock } = {}) => {
    const before = started.length;
    await checkLive({
      instances: { ...instances, all: [{ ...instance, call: recordingCall(clockOf) }] },
      store,
      liveChecks: createLiveCheckStore(shared),
      perMinute,
      maxAgeMs,
      periodMs,
      logger: mockServices.logger.mock(),
      now: () => clockOf.now,
      random: () => 0.5,
      wait: async (ms) => {
        clockOf.now += ms;
      },
      onChecked: () => {},
      onMoved: async () => {},
    });
    return started.slice(before).map(({ tag }) => tag);
  };
  function recordingCall(clockOf: { readonly now: number }): typeof client.call {
    return async (operation, input, options) => {
      started.push({ tag: (input as { imageTag?: string }).imageTag, at: clockOf.now });
      const answer = await client.call(operation, input, options);
      return { ...answer, observedAt: new Date(clockOf.now) };
    };
  }
  return { database: shared, emulator, clock, declare, run, started, store };
}

describe.each(DATABASES)('the budget of live checks on %s', (_, open) => {
  it('spreads the checks of a minute evenly', async () => {
    const { declare, run, started } = await setUp({ database: await open(), perMinute: 4 });
    await declare(Array.from({ length: 10 }, (__, n) => idOf(n)));
    await run();
    expect(started.map(({ at }) => (at - START) / 1000)).toEqual([0, 15, 30, 45]);
  });

  it('is shared by back ends that run the task at the same time', async () => {
    const { declare, run, started } = await setUp({ database: await open(), perMinute: 10 });
    await declare(Array.from({ length: 50 }, (__, n) => idOf(n)));
    await Promise.all([1, 2, 3].map(() => run({ clockOf: { now: START } })));
    expect(started).toHaveLength(10);
    expect(new Set(started.map(({ tag }) => tag)).size).toBe(10);
  });

  it('reports an image once for each live check that is too old', async () => {
    const { clock, database, declare, run } = await setUp({ database: await open() });
    const liveChecks = createLiveCheckStore(database);
    const waiting = async () => (await createDeliveryStore(database).count('notify')).waiting;
    const reportOlderThanHour = () => liveChecks.reportUnverified(clock.now - 60 * MINUTE, clock.now);
    await declare([idOf(1)]);
    await reportOlderThanHour();
    expect(await waiting()).toBe(0);
    clock.now += 61 * MINUTE;
    await Promise.all([reportOlderThanHour(), reportOlderThanHour()]);
    expect(await waiting()).toBe(1);
    await run();
    await reportOlderThanHour();
    expect(await waiting()).toBe(1);
    clock.now += 61 * MINUTE;
    await reportOlderThanHour();
    expect(await waiting()).toBe(2);
  });

  it('reaches all images when it is too small to check each of them in time', async () => {
    const { clock, declare, run, started } = await setUp({ database: await open(), perMinute: 10 });
    await declare(Array.from({ length: 50 }, (__, n) => idOf(n)));
    for (let minute = 0; minute < 5; minute++) {
      clock.now = START + minute * MINUTE;
      await run();
    }
    expect(new Set(started.map(({ tag }) => tag)).size).toBe(50);
  });
});

describe('live checks', () => {
  it('start with the images that most entities declare', async () => {
    const { declare, run } = await setUp({ perMinute: 2 });
    await declare([idOf(1), idOf(2), idOf(3)], [idOf(3), idOf(2)], [idOf(3)]);
    expect(await run()).toEqual(['3', '2']);
  });

  it('check the image in the worst state first', async () => {
    const { clock, declare, run } = await setUp({ perMinute: 1 });
    const wrong = `${idOf(7)}@${demoDigest('another image')}`;
    const ids = [idOf(5), idOf(6), wrong];
    await declare(ids);
    for (let n = 0; n < 3; n++) {
      await run();
      clock.now += MINUTE;
    }
    clock.now += 60 * MINUTE;
    await declare(ids);
    expect(await run()).toEqual(['7']);
  });

  it('do not repeat a check before half of the limit has passed', async () => {
    const { clock, declare, run } = await setUp();
    await declare([idOf(1)]);
    expect(await run()).toEqual(['1']);
    clock.now = START + 29 * MINUTE;
    expect(await run()).toEqual([]);
    clock.now = START + 31 * MINUTE;
    expect(await run()).toEqual(['1']);
  });

  it('skip an image that no entity declares any more', async () => {
    const { declare, run } = await setUp();
    await declare([idOf(1), idOf(2)]);
    await declare([idOf(2)]);
    expect(await run()).toEqual(['2']);
  });

  it('pause for the time that the service requests', async () => {
    const { clock, declare, emulator, run, started } = await setUp();
    await declare([idOf(1), idOf(2)]);
    emulator.faults.add({ times: 2, effect: { kind: 'throttle', retryAfterMs: 10 * MINUTE } });
    await run();
    const { length } = started;
    clock.now = START + 9 * MINUTE;
    expect(await run()).toEqual([]);
    clock.now = START + 13 * MINUTE;
    await run();
    expect(started.length - length).toBe(2);
  });

  it('record that DescribeImage has no digest for the tag', async () => {
    const { declare, run, store } = await setUp();
    await declare([idOf(99)]);
    await run();
    const [stored] = await store.latest([{ instance: 'acme', key: idOf(99) }]);
    expect(stored?.live).toMatchObject({ digest: undefined, observedAt: new Date(START) });
  });
});

describe('the task of live checks', () => {
  const withoutRateLimit = (url: string) => ({
    instances: [{ name: 'acme', ...demoCredentials, endpoint: url }],
    refresh: { requestsPerSecond: 1000, frequencySeconds: 1, liveChecks: { perMinute: 600 } },
  });

  it('verifies images without a visit of their page', async () => {
    const {
      refresh,
      checkLive: check,
      get,
      counted,
    } = await startPlugin({
      entities: [component('checkout', { images: [LATEST], ids: [CHECKOUT_IDS] })],
      config: withoutRateLimit,
    });
    await refresh();
    const states = async () =>
      (await get('/overview')).body.rows.map(({ image }: { image: { state: string } }) => image.state);
    expect(await states()).toEqual(['not-verified', 'not-verified']);
    await check();
    expect(await states()).toEqual(['clean', 'clean']);
    expect(counted).toContainEqual({
      name: 'describe_image.live_checks',
      value: 1,
      attributes: { instance: 'acme', outcome: 'answered' },
    });
    await refresh();
    expect(counted).toContainEqual({
      name: 'describe_image.images',
      value: 2,
      attributes: { instance: 'acme', state: 'clean' },
    });
  });

  it('reports a move that only DescribeImage has', async () => {
    const database = await openSqlite();
    onTestFinished(() => database.destroy());
    const {
      emulator,
      refresh,
      checkLive: check,
      deliver,
      reported,
      get,
    } = await startPlugin({
      entities: [component('checkout', { images: [LATEST] })],
      config: withoutRateLimit,
      database,
    });
    await refresh();
    await check();
    const { body } = await get(pathOf('checkout'));
    emulator.state.push({ repoId: 'crr-a1c7e9k2m4p6r8t0', tag: 'latest' });
    await database('images').update({ live_check_not_before: 0, live_checked_at: 0 });
    await check();
    await deliver();
    expect(reported.events).toMatchObject([
      { eventPayload: { key: LATEST, move: { from: body.images[0].live.digest } } },
    ]);
    expect(reported.signals).toHaveLength(1);
    expect(reported.notifications).toMatchObject([{ payload: { title: expect.stringContaining('moved') } }]);
  });
});
