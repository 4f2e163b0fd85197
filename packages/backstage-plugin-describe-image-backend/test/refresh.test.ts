import { mockServices } from '@backstage/backend-test-utils';
import { type Call, createClient } from '@describe-image/core';
import { createEmulator, demoCredentials, type Seed } from '@describe-image/emulator';
import { afterEach, describe, expect, it } from 'vitest';
import { declaring } from '../src/entities/entity-reader.ts';
import { createImageStore } from '../src/history/create-image-store.ts';
import { lookUpDue } from '../src/refresh/look-up-due.ts';
import { refreshImages } from '../src/refresh/refresh-images.ts';
import { createScheduleStore } from '../src/refresh/schedule-store.ts';
import { DATABASES, openSqlite } from './databases.ts';
import { CHECKOUT, component, demoDigest, HOST, pathOf } from './entities.ts';
import { type StartOptions, startPlugin } from './start-plugin.ts';

const started: { readonly close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const one of started.splice(0)) await one.close();
});

async function start(options: StartOptions) {
  const database = options.database ?? (await openSqlite());
  if (options.database === undefined) started.push({ close: () => database.destroy() });
  const plugin = await startPlugin({ ...options, database });
  started.push(plugin.emulator);
  /** As if the pause of every image were over. */
  const refreshAll = async () => {
    await database('images').update({ next_refresh_at: 0 });
    await plugin.refresh();
  };
  return { ...plugin, refreshAll, database };
}

const PLACE = { annotation: 'alibabacloud.com/container-images', line: 1, column: 1 };
const LATEST = `${HOST}/shop/checkout:latest`;
const image = { repoId: 'crr-a1c7e9k2m4p6r8t0', tag: 'latest' };
const paced = (url: string) => ({
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
  it('sees a moved tag, and tells it once: an event, a signal without names, a notification to the owner', async () => {
    const { emulator, refresh, refreshAll, told } = await start({
      entities: [
        component('checkout', { images: [LATEST] }),
        component('shop', { images: [LATEST, CHECKOUT] }),
      ],
      config: paced,
    });
    await refresh();
    expect(told).toEqual({ events: [], signals: [], notifications: [] });

    emulator.state.push(image);
    await refreshAll();
    await refreshAll();
    expect(told.events).toMatchObject([
      {
        topic: 'describe-image.moved',
        eventPayload: {
          instance: 'acme',
          key: LATEST,
          move: { from: demoDigest('checkout 1.4.2'), movedBack: false },
        },
      },
    ]);
    expect(told.signals).toMatchObject([
      { recipients: { type: 'broadcast' }, channel: 'describe-image', message: { type: 'moved' } },
    ]);
    expect(JSON.stringify(told.signals)).not.toContain('checkout');
    // Both components are one team's: it hears of it once.
    expect(told.notifications).toMatchObject([
      {
        recipients: { type: 'entity', entityRef: 'group:default/team-shop' },
        payload: {
          title: 'checkout:latest moved',
          description: expect.stringContaining(demoDigest('checkout 1.4.2').slice(0, 19)),
          link: expect.stringMatching(/^\/catalog\/default\/component\//),
          topic: 'describe-image.moved',
        },
      },
    ]);
  });

  it('recognises a tag that moved back', async () => {
    const { emulator, refresh, refreshAll, told } = await start({
      entities: [component('checkout', { images: [LATEST] })],
      config: paced,
    });
    await refresh();
    for (const digest of [undefined, demoDigest('checkout 1.4.2')]) {
      emulator.state.push(image, digest);
      await refreshAll();
    }
    expect(told.notifications.map(({ payload }) => payload.title)).toEqual([
      'checkout:latest moved',
      'checkout:latest moved back',
    ]);
  });

  it('leaves alone what is not due', async () => {
    const { emulator, refresh } = await start({
      entities: [component('checkout', { images: [LATEST] })],
      config: paced,
    });
    await refresh();
    const { length } = emulator.requests;
    await refresh();
    expect(emulator.requests).toHaveLength(length);
  });

  it('is seen on the card at once, though the answer before it was cached', async () => {
    const { emulator, refresh, refreshAll, get } = await start({
      entities: [component('checkout', { images: [LATEST] })],
      config: paced,
    });
    await refresh();
    await get(pathOf('checkout'));
    emulator.state.push(image);
    await refreshAll();
    const { body } = await get(pathOf('checkout'));
    expect(body.images[0].lastMove).toMatchObject({ from: demoDigest('checkout 1.4.2') });
    expect(body.images[0].live.digest).toBe(body.images[0].lastMove.to);
  });

  it('tells owners later when notifications are away, and does not repeat the event', async () => {
    const { database, emulator, refresh, refreshAll, told, logged } = await start({
      entities: [component('checkout', { images: [LATEST] })],
      config: paced,
    });
    await refresh();
    told.failNotifications = true;
    emulator.state.push(image);
    await refreshAll();
    expect([told.events.length, told.notifications.length]).toEqual([1, 0]);
    expect(logged.join('\n')).toContain('could not be told');

    told.failNotifications = false;
    await database('moves').update({ claimed_until: 0 });
    await refreshAll();
    expect([told.events.length, told.notifications.length]).toEqual([1, 1]);
  });

  it('records why an account could not be asked, and asks the others', async () => {
    const { refresh, get, told } = await start({
      entities: [
        component('refused', { images: [LATEST], instance: 'denied' }),
        component('checkout', { images: [LATEST], instance: 'acme' }),
      ],
      config: (url) => ({
        ...paced(url),
        instances: [
          {
            name: 'denied',
            accessKeyId: 'demo-denied-key-id',
            accessKeySecret: 'demo-denied-key-secret',
            endpoint: url,
          },
          ...paced(url).instances,
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
    expect(told.notifications).toEqual([]);
  });
});

it('a refresh that the scheduler ended writes nothing, and calls nothing a failure', async () => {
  const { database, emulator, logged } = await start({ config: paced });
  const store = createImageStore({ database });
  const client = createClient({ credentials: demoCredentials, endpoint: emulator.url });
  const ended = new AbortController();
  const endedOnTheWay: Call = (operation, input, options) => {
    ended.abort();
    return client.call(operation, input, options);
  };
  const instance = { name: 'acme', call: endedOnTheWay, consoleUrl: undefined };
  await refreshImages(
    {
      instances: { all: [instance], find: () => instance, close: () => {} },
      store,
      schedule: createScheduleStore(database),
      pace: { shortestMs: 1, longestMs: 1 },
      logger: mockServices.logger.mock(),
      now: Date.now,
      random: Math.random,
      onMoved: async () => {},
    },
    [declaring(component('checkout', { images: [LATEST] }))],
    ended.signal,
  );
  client.close();
  expect(await database('images').select()).toEqual([]);
  expect(logged.join()).not.toContain('could not be refreshed');
});

it('tells what is untold even where images are not refreshed', async () => {
  const { database, refresh, told, get, post, emulator } = await start({
    entities: [component('checkout', { images: [LATEST] })],
    config: (url) => ({ ...paced(url), refresh: { enabled: false } }),
  });
  await get(pathOf('checkout'));
  emulator.state.push(image);
  told.failNotifications = true;
  await post(`${pathOf('checkout')}/refresh`);
  told.failNotifications = false;
  await database('moves').update({ claimed_until: 0 });
  const { length } = emulator.requests;
  await refresh();
  expect(told.notifications).toHaveLength(1);
  expect(emulator.requests).toHaveLength(length);
});

describe('several back ends over one database', () => {
  it.each(DATABASES)('tell a move once, on %s', async (_, open) => {
    const database = await open();
    started.push({ close: () => database.destroy() });
    const entities = [component('checkout', { images: [LATEST] })];
    const first = await start({ entities, config: paced, database });
    const second = await start({ entities, config: () => paced(first.emulator.url), database });
    await first.refresh();
    first.emulator.state.push(image);
    await Promise.all([first.refreshAll(), second.refreshAll()]);
    await Promise.all([first.refreshAll(), second.refreshAll()]);
    expect([...first.told.events, ...second.told.events]).toHaveLength(1);
    expect([...first.told.signals, ...second.told.signals]).toHaveLength(1);
    expect([...first.told.notifications, ...second.told.notifications]).toHaveLength(1);
  });
});

describe('a thousand entities with five thousand images', () => {
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

  it('cost no more calls than the pages of their inventory', async () => {
    const entities = Array.from({ length: 1_000 }, (_, n) =>
      component(`service-${n}`, { images: images.slice(n * 5, n * 5 + 5) }),
    );
    const { emulator, refresh, get } = await start({ entities, config: paced, emulator: { seed } });
    await refresh();
    expect(emulator.requests).toHaveLength(50);
    expect(new Set(emulator.requests.map(({ operation }) => operation))).toEqual(
      new Set(['DescribeImageInstances']),
    );
    const { body } = await get('/overview?pageSize=100');
    expect(body).toMatchObject({ total: 5_000, counts: { failed: 0 } });
  });

  it('are all found where the service gives smaller pages than it is asked for', async () => {
    const emulator = await createEmulator({ seed });
    started.push(emulator);
    const client = createClient({ credentials: demoCredentials, endpoint: emulator.url });
    const smaller: Call = (operation, input, options) =>
      client.call(operation, { ...input, pageSize: 20 }, options);
    const declared = images.map((target) => ({ key: target, target, place: PLACE }));
    const looked = await lookUpDue(smaller, declared);
    client.close();
    expect(looked.filter((look) => 'row' in look)).toHaveLength(5_000);
    // Each row carries the id of the answer that it came in.
    const ids = new Set(looked.map((look) => ('row' in look ? look.requestId : undefined)));
    expect(ids.size).toBe(250);
  });

  it('are asked for within the budget of requests per second', async () => {
    const { emulator, refresh } = await start({
      entities: [component('some', { images: images.filter((_, n) => n % 10 === 0).slice(0, 100) })],
      config: (url) => ({ ...paced(url), refresh: { requestsPerSecond: 4 } }),
      emulator: {
        seed: { ...seed, registries: [{ ...registry, repositories: repositories.slice(0, 100) }] },
      },
    });
    await refresh();
    const times = emulator.requests.map(({ time }) => time);
    expect(times).toHaveLength(10);
    // A second's worth may come at once, the other six a quarter of a second apart; a tenth of slack for clocks that round.
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(1_350);
  });

  it('cost fewer when few of them are due: the pages of their repositories', async () => {
    const { emulator, refresh } = await start({
      entities: [component('one', { images: images.slice(0, 3) })],
      config: paced,
      emulator: { seed },
    });
    await refresh();
    expect(emulator.requests).toHaveLength(2);
  });
});

it('an inventory that cannot be read to its end fails every image that was looked for, by name', async () => {
  const error = new Error('reset');
  const image = { key: CHECKOUT, target: CHECKOUT, place: PLACE };
  const call = async () => {
    throw error;
  };
  expect(await lookUpDue(call, [image])).toEqual([{ image, error }]);
});
