import { mockServices } from '@backstage/backend-test-utils';
import { type Call, createClient } from '@describe-image/core';
import { createEmulator, demoCredentials, type Seed } from '@describe-image/emulator';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseEntity } from '../src/entities/entity-reader.ts';
import { createListingProgress } from '../src/refresh/listing-progress.ts';
import { lookUpMany } from '../src/refresh/look-up-many.ts';
import { refreshImages } from '../src/refresh/refresh-images.ts';
import { createScheduleStore } from '../src/refresh/schedule.ts';
import { createImageStore } from '../src/store/image-store.ts';
import { migrate } from '../src/store/tables.ts';
import { DATABASES, openSqlite } from './databases.ts';
import { CHECKOUT, component, demoDigest, HOST, pathOf } from './entities.ts';
import { type StartOptions, startPlugin } from './start-plugin.ts';

async function start(options: StartOptions) {
  const database = options.database ?? (await openSqlite());
  if (options.database === undefined) onTestFinished(() => database.destroy());
  const plugin = await startPlugin({ ...options, database });
  /** Makes all images due, refreshes them, and delivers the events. */
  const refreshAll = async () => {
    await database('images').update({ next_refresh_at: 0 });
    await plugin.refresh();
    await plugin.deliver();
  };
  return { ...plugin, refreshAll, database };
}

const all = async <Item>(batches: AsyncIterable<readonly Item[]>): Promise<Item[]> => {
  const items: Item[] = [];
  for await (const batch of batches) items.push(...batch);
  return items;
};

const PLACE = { annotation: 'alibabacloud.com/container-images', line: 1, column: 1 };
const LATEST = `${HOST}/shop/checkout:latest`;
const image = { repoId: 'crr-a1c7e9k2m4p6r8t0', tag: 'latest' };
const withoutRateLimit = (url: string) => ({
  instances: [
    {
      name: 'acme',
      accessKeyId: 'demo-access-key-id',
      accessKeySecret: 'demo-access-key-secret',
      endpoint: url,
    },
  ],
  refresh: { requestsPerSecond: 1000 },
  cache: { refreshSeconds: 0 },
});

describe('the refresh', () => {
  it('reports a moved tag once, by an event, a signal without names and a notification to the owner', async () => {
    const { emulator, refresh, refreshAll, reported } = await start({
      entities: [
        component('checkout', { images: [LATEST] }),
        component('shop', { images: [LATEST, CHECKOUT] }),
      ],
      config: withoutRateLimit,
    });
    await refresh();
    expect(reported).toEqual({ events: [], signals: [], notifications: [] });

    emulator.state.push(image);
    await refreshAll();
    await refreshAll();
    expect(reported.events).toMatchObject([
      {
        topic: 'describe-image.moved',
        eventPayload: {
          instance: 'acme',
          key: LATEST,
          move: { from: demoDigest('checkout 1.4.2'), movedBack: false },
        },
      },
    ]);
    expect(reported.signals).toMatchObject([
      { recipients: { type: 'broadcast' }, channel: 'describe-image', message: { type: 'moved' } },
    ]);
    expect(JSON.stringify(reported.signals)).not.toContain('checkout');
    // One team owns both components and receives one notification.
    expect(reported.notifications).toMatchObject([
      {
        recipients: { type: 'entity', entityRef: 'group:default/team-shop' },
        payload: {
          title: 'shop/checkout:latest moved',
          description: expect.stringMatching(
            new RegExp(`^sha256:[0-9a-f]{12} \\(previously ${demoDigest('checkout 1.4.2').slice(0, 19)}\\)`),
          ),
          link: `/catalog/default/component/shop/images?image=${encodeURIComponent(LATEST)}`,
          severity: 'normal',
          topic: 'describe-image.moved',
        },
      },
    ]);
  });

  it('reports that a tag moved back', async () => {
    const { emulator, refresh, refreshAll, reported } = await start({
      entities: [component('checkout', { images: [LATEST] })],
      config: withoutRateLimit,
    });
    await refresh();
    for (const digest of [undefined, demoDigest('checkout 1.4.2')]) {
      emulator.state.push(image, digest);
      await refreshAll();
    }
    expect(reported.notifications.map(({ payload }) => payload.title)).toEqual([
      'shop/checkout:latest moved',
      'shop/checkout:latest moved back',
    ]);
  });

  it('leaves an image that was clean in its last scan not verified until DescribeImage is called', async () => {
    const { refresh, get } = await start({
      entities: [component('checkout', { images: [LATEST] })],
      config: withoutRateLimit,
    });
    await refresh();
    const rows = async () => (await get('/overview')).body;
    expect(await rows()).toMatchObject({
      rows: [{ image: { risk: { state: 'clean' }, state: 'not-verified' } }],
      counts: { clean: 0 },
    });
    await get(pathOf('checkout'));
    expect(await rows()).toMatchObject({ rows: [{ image: { state: 'clean' } }], counts: { clean: 1 } });
  });

  it('sends no request for images that are not due', async () => {
    const { emulator, refresh } = await start({
      entities: [component('checkout', { images: [LATEST] })],
      config: withoutRateLimit,
    });
    await refresh();
    const { length } = emulator.requests;
    await refresh();
    expect(emulator.requests).toHaveLength(length);
  });

  it('removes moved images from the cache, so that the card shows the move', async () => {
    const { emulator, refresh, refreshAll, get } = await start({
      entities: [component('checkout', { images: [LATEST] })],
      config: withoutRateLimit,
    });
    await refresh();
    await get(pathOf('checkout'));
    emulator.state.push(image);
    await refreshAll();
    const { body } = await get(pathOf('checkout'));
    expect(body.images[0].lastMove).toMatchObject({ from: demoDigest('checkout 1.4.2') });
    expect(body.images[0].live.digest).toBe(body.images[0].lastMove.to);
  });

  it('notifies owners later when notifications fail, without a second event', async () => {
    const { database, emulator, refresh, refreshAll, reported, logged } = await start({
      entities: [component('checkout', { images: [LATEST] })],
      config: withoutRateLimit,
    });
    await refresh();
    reported.failNotifications = true;
    emulator.state.push(image);
    await refreshAll();
    expect([reported.events.length, reported.notifications.length]).toEqual([1, 0]);
    expect(logged.join('\n')).toContain('delivering the event "moved"');

    reported.failNotifications = false;
    await database('deliveries').update({ next_attempt_at: 0 });
    await refreshAll();
    expect([reported.events.length, reported.notifications.length]).toEqual([1, 1]);
  });

  it('records the failure of an instance, and refreshes the others', async () => {
    const { logged, refresh, get, reported } = await start({
      entities: [
        component('refused', { images: [LATEST], instance: 'denied' }),
        component('checkout', { images: [LATEST], instance: 'acme' }),
      ],
      config: (url) => ({
        ...withoutRateLimit(url),
        instances: [
          {
            name: 'denied',
            accessKeyId: 'demo-denied-key-id',
            accessKeySecret: 'demo-denied-key-secret',
            endpoint: url,
          },
          ...withoutRateLimit(url).instances,
        ],
      }),
    });
    await refresh();
    const { body } = await get('/overview');
    const byName = Object.fromEntries(
      body.rows.map((row: { entityRef: string; image: object }) => [row.entityRef.split('/')[1], row.image]),
    );
    expect(byName['refused'].failure).toMatchObject({ kind: 'permission' });
    expect(byName['checkout'].scanned.digest).toBe(demoDigest('checkout 1.4.2'));
    expect(reported.notifications).toEqual([]);
    expect(logged.join('\n')).toContain(
      `refreshing 1 of 1 images of instance denied failed: ${LATEST} (DescribeImageInstances: `,
    );
  });
});

it('writes nothing and logs no failure when the scheduler ends the refresh', async () => {
  const { database, emulator, logged } = await start({ config: withoutRateLimit });
  const store = createImageStore(database);
  const client = createClient({ credentials: demoCredentials, endpoint: emulator.url });
  const controller = new AbortController();
  const abortedCall: Call = (operation, input, options) => {
    controller.abort();
    return client.call(operation, input, options);
  };
  const instance = { name: 'acme', call: abortedCall, concurrency: 8, consoleUrl: undefined };
  await refreshImages(
    {
      instances: { all: [instance], find: () => instance, close: () => {} },
      store,
      schedule: createScheduleStore(database),
      listings: createListingProgress(database),
      interval: { shortestMs: 1, longestMs: 1 },
      logger: mockServices.logger.mock(),
      now: Date.now,
      random: Math.random,
      onMoved: async () => {},
    },
    [parseEntity(component('checkout', { images: [LATEST] }))],
    controller.signal,
  );
  client.close();
  expect(await database('images').select()).toEqual([]);
  expect(logged.join()).not.toContain('failed');
});

it('delivers events when the refresh is turned off', async () => {
  const { deliver, reported, get, post, emulator } = await start({
    entities: [component('checkout', { images: [LATEST] })],
    config: (url) => ({ ...withoutRateLimit(url), refresh: { enabled: false } }),
  });
  await get(pathOf('checkout'));
  emulator.state.push(image);
  await post(`${pathOf('checkout')}/refresh`);
  expect(reported.notifications).toEqual([]);
  const { length } = emulator.requests;
  await deliver();
  expect(reported.notifications).toHaveLength(1);
  expect(emulator.requests).toHaveLength(length);
});

describe('several back ends with one database', () => {
  it.each(DATABASES)('report a move once on %s', async (_, open) => {
    const database = await open();
    onTestFinished(() => database.destroy());
    const entities = [component('checkout', { images: [LATEST] })];
    const first = await start({ entities, config: withoutRateLimit, database });
    const second = await start({ entities, config: () => withoutRateLimit(first.emulator.url), database });
    await first.refresh();
    first.emulator.state.push(image);
    await Promise.all([first.refreshAll(), second.refreshAll()]);
    await Promise.all([first.refreshAll(), second.refreshAll()]);
    expect([...first.reported.events, ...second.reported.events]).toHaveLength(1);
    expect([...first.reported.signals, ...second.reported.signals]).toHaveLength(1);
    expect([...first.reported.notifications, ...second.reported.notifications]).toHaveLength(1);
  });
});

describe('refreshing a thousand entities with five thousand images', () => {
  const repositories = Array.from({ length: 500 }, (_, repository) => ({
    repoId: `crr-${repository}`,
    namespace: 'big',
    name: `service-${repository}`,
    tags: Array.from({ length: 10 }, (__, tag) => ({
      tag: `${tag}`,
      history: [
        { at: '2026-01-01T00:00:00Z', digest: (repository * 10 + tag).toString(16).padStart(64, '0') },
      ],
    })),
  }));
  const registry = {
    regionId: 'cn-hangzhou',
    instanceId: 'cri-big',
    domains: { internet: ['big-registry.cn-hangzhou.cr.aliyuncs.com'] },
    repositories,
  };
  const seed: Seed = {
    name: 'big',
    keys: [{ accessKeyId: 'demo-access-key-id', accessKeySecret: 'demo-access-key-secret' }],
    registries: [registry],
  };
  const images = repositories.flatMap(({ name, tags }) =>
    tags.map(({ tag }) => `big-registry.cn-hangzhou.cr.aliyuncs.com/big/${name}:${tag}`),
  );

  it('takes as many calls as the inventory has pages', async () => {
    const entities = Array.from({ length: 1_000 }, (_, n) =>
      component(`service-${n}`, { images: images.slice(n * 5, n * 5 + 5) }),
    );
    const { emulator, refresh, get } = await start({
      entities,
      config: withoutRateLimit,
      emulator: { seed },
    });
    await refresh();
    expect(emulator.requests).toHaveLength(50);
    expect(new Set(emulator.requests.map(({ operation }) => operation))).toEqual(
      new Set(['DescribeImageInstances']),
    );
    const { body } = await get('/overview?pageSize=100');
    expect(body).toMatchObject({ total: 5_000, counts: { unreadable: 0, 'not-scanned': 5_000 } });
  });

  describe('in runs that end after twenty calls', () => {
    /** Runs refreshes on the same database, each of which the scheduler ends before its 21st call. */
    async function setUpRuns() {
      const database = await openSqlite();
      await migrate({ getClient: async () => database });
      const emulator = await createEmulator({ seed });
      const client = createClient({ credentials: demoCredentials, endpoint: emulator.url, maxRetries: 0 });
      onTestFinished(async () => {
        client.close();
        await emulator.close();
        await database.destroy();
      });
      const store = createImageStore(database);
      const clock = { now: Date.now() };
      const run = async (declared: readonly string[]) => {
        const controller = new AbortController();
        let calls = 0;
        const call: Call = (operation, input, options) => {
          calls++;
          if (calls > 20) controller.abort();
          return client.call(operation, input, options);
        };
        const instance = { name: 'acme', call, concurrency: 8, consoleUrl: undefined };
        const entities = Array.from({ length: Math.ceil(declared.length / 50) }, (_, n) =>
          parseEntity(component(`service-${n}`, { images: declared.slice(n * 50, n * 50 + 50) })),
        );
        await refreshImages(
          {
            instances: { all: [instance], find: () => instance, close: () => {} },
            store,
            schedule: createScheduleStore(database),
            listings: createListingProgress(database),
            interval: { shortestMs: 60_000, longestMs: 60_000 },
            logger: mockServices.logger.mock(),
            now: () => clock.now,
            random: Math.random,
            onMoved: async () => {},
          },
          entities,
          controller.signal,
        );
        return calls;
      };
      const known = (keys: readonly string[]) => store.latest(keys.map((key) => ({ instance: 'acme', key })));
      return { clock, database, emulator, known, run };
    }

    it('continues the list where the previous run ended', async () => {
      const { database, emulator, known, run } = await setUpRuns();
      await run(images);
      await run(images);
      expect(await known(images)).toEqual([]);
      await run(images);
      const found = await known(images);
      expect(found).toHaveLength(5_000);
      expect(found.every(({ inventory }) => inventory?.row?.repoName !== undefined)).toBe(true);
      expect(emulator.requests).toHaveLength(50);
      expect(await database('listing_pages').select()).toEqual([]);
    });

    it('does not report an image as missing that was declared after the list had started', async () => {
      const { known, run } = await setUpRuns();
      const [late = '', ...early] = images.filter((_, n) => n % 10 === 0);
      for (const declared of [early, [late, ...early], [late, ...early]]) await run(declared);
      expect(await known(early)).toHaveLength(499);
      expect(await known([late])).toEqual([]);
      for (let n = 0; n < 3; n++) await run([late]);
      expect(await known([late])).toMatchObject([{ inventory: { row: { tag: '0' } } }]);
    });

    it('continues the list after a page that failed', async () => {
      const { clock, emulator, known, run } = await setUpRuns();
      emulator.faults.add({
        operation: 'DescribeImageInstances',
        skip: 10,
        times: 1,
        effect: { kind: 'html' },
      });
      await run(images);
      expect((await known(images.slice(0, 1)))[0]?.inventoryFailure?.kind).toBe('service');
      for (let n = 0; n < 2; n++) {
        clock.now += 120_000;
        await run(images);
      }
      expect((await known(images)).filter(({ inventory }) => inventory !== undefined)).toHaveLength(5_000);
      expect(emulator.requests).toHaveLength(51);
    });

    it('starts a new list when the previous one is older than an hour', async () => {
      const { clock, emulator, run } = await setUpRuns();
      await run(images);
      clock.now += 3_700_000;
      for (let n = 0; n < 3; n++) await run(images);
      expect(emulator.requests).toHaveLength(70);
    });
  });

  it('finds all images when the service returns smaller pages than requested', async () => {
    const emulator = await createEmulator({ seed });
    onTestFinished(() => emulator.close());
    const client = createClient({ credentials: demoCredentials, endpoint: emulator.url });
    const smaller: Call = (operation, input, options) =>
      client.call(operation, { ...input, pageSize: 20 }, options);
    const declared = images.map((target) => ({ key: target, target, place: PLACE }));
    const results = await all(lookUpMany(smaller, declared));
    client.close();
    const observations = results.flatMap((result) => ('observation' in result ? result.observation : []));
    expect(observations).toHaveLength(5_000);
    // Each observation has the request id of its own page.
    expect(new Set(observations.map(({ requestId }) => requestId)).size).toBe(250);
  });

  it('respects the rate limit', async () => {
    const { emulator, refresh } = await start({
      entities: [component('some', { images: images.filter((_, n) => n % 10 === 0).slice(0, 60) })],
      config: (url) => ({ ...withoutRateLimit(url), refresh: { requestsPerSecond: 4 } }),
      emulator: {
        seed: { ...seed, registries: [{ ...registry, repositories: repositories.slice(0, 60) }] },
      },
    });
    await refresh();
    const times = emulator.requests.map(({ time }) => time);
    expect(times).toHaveLength(6);
    // Four calls are sent at once, the other two a quarter of a second apart. On a busy machine, the first ones arrive late.
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(250);
  });

  it('lists only the repositories of the images when few are due', async () => {
    const { emulator, refresh } = await start({
      entities: [component('one', { images: images.slice(0, 3) })],
      config: withoutRateLimit,
      emulator: { seed },
    });
    await refresh();
    expect(emulator.requests).toHaveLength(2);
  });
});

it('names at most five images of a failure in the log', async () => {
  const { emulator, logged, refresh } = await start({
    entities: [
      component('checkout', { images: Array.from({ length: 8 }, (_, n) => `${HOST}/shop/web:${n}`) }),
    ],
    config: withoutRateLimit,
  });
  emulator.faults.add({ effect: { kind: 'error', code: 'NoPermission' } });
  await refresh();
  expect(logged.join('\n')).toMatch(/failed: (\S+, ){4}\S+ and 3 more \(/);
});

it('returns the error of a failed listing for each image', async () => {
  const error = new Error('reset');
  const image = { key: CHECKOUT, target: CHECKOUT, place: PLACE };
  const call = async () => {
    throw error;
  };
  expect(await all(lookUpMany(call, [image]))).toEqual([{ image, error }]);
});
