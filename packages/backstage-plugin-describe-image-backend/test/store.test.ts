import { failureSchema, type ImageFailure } from '@describe-image/backstage-plugin-describe-image-common';
import { parseImage } from '@describe-image/core/protocol';
import type { Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDeliveryStore } from '../src/outbox/delivery-store.ts';
import { createScheduleStore } from '../src/refresh/schedule.ts';
import { createImageStore, type ImageStore } from '../src/store/image-store.ts';
import { pruneHistory } from '../src/store/prune-history.ts';
import type { ImageObservation } from '../src/store/record-observations.ts';
import { migrate } from '../src/store/tables.ts';
import { DATABASES } from './databases.ts';

const A = `sha256:${'a'.repeat(64)}` as const;
const B = `sha256:${'b'.repeat(64)}` as const;
const identity = { instance: 'acme', key: 'host/shop/web:1' };
const START = Date.UTC(2026, 10, 24);

/** An observation by the inventory, a number of seconds after the start. */
function inventory(digest: typeof A | typeof B, second: number, of = identity): ImageObservation {
  return {
    identity: of,
    observation: {
      source: 'DescribeImageInstances',
      digest,
      observedAt: new Date(START + second * 1000),
      requestId: `R${second}`,
      row: parseImage({ Tag: '1', Digest: digest, VulCount: 3 }),
    },
  };
}

/** An observation by DescribeImage, a number of seconds after the start. */
function live(digest: typeof A | typeof B, second: number): ImageObservation {
  const observedAt = new Date(START + second * 1000);
  return { identity, observation: { source: 'DescribeImage', digest, observedAt } };
}

describe.each(DATABASES)('the image store on %s', (_, open) => {
  let database: Knex;
  let store: ImageStore;
  beforeEach(async () => {
    database = await open();
    await migrate({ getClient: async () => database });
    store = createImageStore(database);
  });
  afterEach(() => database.destroy());

  it('removes all tables when it migrates down, and creates them again', async () => {
    const directory = new URL('../migrations', import.meta.url).pathname;
    await database.migrate.rollback({ directory }, true);
    expect(await database.schema.hasTable('images')).toBe(false);
    await migrate({ getClient: async () => database });
    expect(await database.schema.hasTable('moves')).toBe(true);
  });

  it('creates no tables when the administrator turned migrations off', async () => {
    const directory = new URL('../migrations', import.meta.url).pathname;
    await database.migrate.rollback({ directory }, true);
    await migrate({ getClient: async () => database, migrations: { skip: true } });
    expect(await database.schema.hasTable('images')).toBe(false);
  });

  it('returns a recorded observation with its row', async () => {
    await store.record([inventory(A, 0)]);
    const [stored] = await store.latest([identity, { instance: 'acme', key: 'never seen' }]);
    expect(stored).toMatchObject({
      identity,
      live: undefined,
      inventory: { digest: A, observedAt: new Date(START), requestId: 'R0', row: { vulCount: 3 } },
      liveFailure: undefined,
      inventoryFailure: undefined,
    });
  });

  it('combines consecutive observations of the same digest into one period', async () => {
    await store.record([
      inventory(A, 0),
      inventory(A, 10),
      inventory(B, 20),
      inventory(B, 30),
      inventory(A, 40),
    ]);
    const { periods, moves } = await store.history(identity, 100);
    expect(periods.map(({ digest, observations, requestId }) => [digest, observations, requestId])).toEqual([
      [A, 1, 'R40'],
      [B, 2, 'R30'],
      [A, 2, 'R10'],
    ]);
    expect(moves.map(({ to, movedBack }) => [to, movedBack])).toEqual([
      [A, true],
      [B, false],
    ]);
  });

  it('ignores an observation that is older than the last one of its source', async () => {
    await store.record([inventory(A, 0), inventory(B, 10)]);
    expect((await store.record([inventory(A, 5)])).newMoves).toEqual([]);
    expect((await store.latest([identity]))[0]?.inventory).toMatchObject({ digest: B, requestId: 'R10' });
    expect((await store.history(identity, 100)).periods).toHaveLength(2);
  });

  it('removes the live observation when the inventory changes to another digest', async () => {
    await store.record([inventory(A, 0), live(A, 1), inventory(B, 10)]);
    expect((await store.latest([identity]))[0]?.live).toBeUndefined();
    await store.record([live(A, 20), inventory(A, 30)]);
    expect((await store.latest([identity]))[0]?.live?.digest).toBe(A);
  });

  it('returns a move to one of several concurrent calls that record it', async () => {
    await store.record([inventory(A, 0)]);
    const results = await Promise.all([
      store.record([inventory(B, 10)]),
      createImageStore(database).record([inventory(B, 10)]),
      createImageStore(database).record([inventory(B, 11)]),
    ]);
    expect(results.flatMap(({ newMoves }) => newMoves)).toHaveLength(1);
    expect((await store.history(identity, 100)).moves).toHaveLength(1);
  });

  it('returns the last move of each image that it records, whether it is new or not', async () => {
    const name = JSON.stringify([identity.instance, identity.key]);
    expect((await store.record([inventory(A, 0)])).lastMoves.get(name)).toBeUndefined();
    const { newMoves } = await store.record([inventory(B, 10)]);
    const { lastMoves } = await store.record([inventory(B, 20)]);
    expect(lastMoves.get(name)).toEqual(newMoves[0]);
  });

  it('keeps the observation beside a failure, and removes the failure with the next observation of its source', async () => {
    const failure: ImageFailure = {
      kind: 'throttled',
      message: 'too many calls',
      remedy: 'slow down',
      observedAt: new Date(START).toISOString(),
    };
    await store.record([inventory(A, 0)]);
    await store.recordFailures([
      { identity, source: 'DescribeImageInstances', failure },
      { identity, source: 'DescribeImage', failure },
    ]);
    const failed = { inventory: { digest: A }, inventoryFailure: failure, liveFailure: failure };
    expect((await store.latest([identity]))[0]).toMatchObject(failed);
    await store.record([inventory(A, 1)]);
    const [stored] = await store.latest([identity]);
    expect(stored).toMatchObject({ inventoryFailure: undefined, liveFailure: failure });
    await store.record([live(A, 2)]);
    expect((await store.latest([identity]))[0]?.liveFailure).toBeUndefined();
  });

  it('ignores the format of another version, and records new observations', async () => {
    await store.record([inventory(A, 0)]);
    await database('images').update({
      inventory_observation: '{"digest":7}',
      tracked_tag: 'no JSON',
      inventory_failure: '{}',
    });
    expect((await store.latest([identity]))[0]).toMatchObject({
      inventory: undefined,
      inventoryFailure: undefined,
    });
    expect((await store.record([inventory(B, 1)])).newMoves).toEqual([]);
  });

  it('records five thousand images in one call', async () => {
    const many = Array.from({ length: 5_000 }, (_, n) =>
      inventory(A, 0, { instance: 'acme', key: `web:${n}` }),
    );
    await store.record(many);
    expect(await store.latest(many.map((recorded) => recorded.identity))).toHaveLength(5_000);
  });

  it('prunes periods and moves that ended before a time, but not the current ones', async () => {
    await store.record([inventory(A, 0), inventory(B, 10), inventory(A, 20)]);
    await pruneHistory(database, new Date(START + 100_000), [identity]);
    const { periods, moves } = await store.history(identity, 100);
    expect(periods.map(({ digest }) => digest)).toEqual([A]);
    expect(moves).toHaveLength(1);
    expect((await store.latest([identity]))[0]?.lastMove?.to).toBe(A);
  });

  it('prunes dead letters, but no event that waits for delivery', async () => {
    await store.record([inventory(A, 0), inventory(B, 10), inventory(A, 20)]);
    const deliveries = createDeliveryStore(database);
    const [first] = await deliveries.claim('notify', START);
    if (first !== undefined) await deliveries.bury(first, START, new Error('down'));
    await pruneHistory(database, new Date(START + 100_000), [identity]);
    expect(await deliveries.count('notify')).toEqual({ waiting: 1, dead: 0 });
  });

  describe.each([
    ['with the refresh', true],
    ['without the refresh', false],
  ])('%s', (_refresh, isRefreshed) => {
    beforeEach(async () => {
      await store.record([inventory(A, 0), inventory(B, 10)]);
      if (isRefreshed)
        await createScheduleStore(database).plan([{ identity, intervalMs: 1_000, nextAt: START + 20_000 }]);
    });

    it('prunes images that are no longer declared and were not observed since a time', async () => {
      await pruneHistory(database, new Date(START + 10_000), []);
      expect(await store.latest([identity])).toHaveLength(1);
      await pruneHistory(database, new Date(START + 100_000), []);
      expect(await store.latest([identity])).toEqual([]);
      expect(await database('periods').select()).toEqual([]);
      expect(await database('moves').select()).toEqual([]);
    });

    it('keeps declared images, whatever their age', async () => {
      await pruneHistory(database, new Date(START + 100_000), [identity]);
      expect(await store.latest([identity])).toHaveLength(1);
    });
  });

  it('prunes an image that could never be read when it is no longer declared', async () => {
    const failure = { kind: 'service', message: 'm', remedy: 'r', observedAt: new Date(START).toISOString() };
    await store.recordFailures([
      { identity, source: 'DescribeImage', failure: failureSchema.parse(failure) },
    ]);
    await pruneHistory(database, new Date(START + 1_000), [identity]);
    expect(await store.latest([identity])).toHaveLength(1);
    await pruneHistory(database, new Date(START + 1_000), []);
    expect(await store.latest([identity])).toEqual([]);
  });

  describe('the queues of events', () => {
    it('return a move to one back end, and to another one after the claim expired', async () => {
      await store.record([inventory(A, 0), inventory(B, 10)]);
      const now = START + 20_000;
      const claims = await Promise.all([
        createDeliveryStore(database).claim('announce', now),
        createDeliveryStore(database).claim('announce', now),
      ]);
      expect(claims.flat()).toMatchObject([
        { event: { kind: 'moved', ...identity, move: { from: A, to: B } } },
      ]);
      expect(await createDeliveryStore(database).claim('announce', now + 119_000)).toEqual([]);
      expect(await createDeliveryStore(database).claim('announce', now + 121_000)).toHaveLength(1);
    });

    it('contain a move separately for announcements and notifications', async () => {
      await store.record([inventory(A, 0), inventory(B, 10)]);
      const deliveries = createDeliveryStore(database);
      for (const delivery of await deliveries.claim('announce', START)) await deliveries.complete(delivery);
      expect(await deliveries.count('announce')).toEqual({ waiting: 0, dead: 0 });
      expect(await deliveries.count('notify')).toEqual({ waiting: 1, dead: 0 });
    });

    it('contain a move once when back ends record it at the same time', async () => {
      await store.record([inventory(A, 0)]);
      await Promise.all([
        store.record([inventory(B, 10)]),
        createImageStore(database).record([inventory(B, 10)]),
      ]);
      expect(await createDeliveryStore(database).count('notify')).toEqual({ waiting: 1, dead: 0 });
    });

    it('make an event of another version a dead letter', async () => {
      await store.record([inventory(A, 0), inventory(B, 10)]);
      await database('deliveries').update({ event: '{"kind":"from the future"}' });
      const deliveries = createDeliveryStore(database);
      expect(await deliveries.claim('notify', START)).toEqual([]);
      expect(await deliveries.count('notify')).toEqual({ waiting: 0, dead: 1 });
    });
  });

  it('returns images that were never refreshed or whose refresh is due', async () => {
    const schedule = createScheduleStore(database);
    const other = { instance: 'acme', key: 'host/shop/api:1' };
    expect(await schedule.due([identity, other], START)).toHaveLength(2);
    await schedule.plan([{ identity, intervalMs: 1_000, nextAt: START + 1_000 }]);
    expect(await schedule.due([identity, other], START)).toEqual([
      { identity: other, intervalMs: undefined },
    ]);
    expect(await schedule.due([identity], START + 1_000)).toEqual([{ identity, intervalMs: 1_000 }]);
  });
});
