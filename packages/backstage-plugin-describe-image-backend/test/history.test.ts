import type { ImageFailure } from '@describe-image/backstage-plugin-describe-image-common';
import { parseImage } from '@describe-image/core/protocol';
import type { Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createImageStore } from '../src/history/create-image-store.ts';
import type { ImageStore, Observation } from '../src/history/image-store.ts';
import { migrate } from '../src/history/migrate.ts';
import { pruneHistory } from '../src/history/prune-history.ts';
import { createMoveOutbox } from '../src/moves/move-outbox.ts';
import { createScheduleStore } from '../src/refresh/schedule-store.ts';
import { DATABASES } from './databases.ts';

const A = `sha256:${'a'.repeat(64)}`;
const B = `sha256:${'b'.repeat(64)}`;
const identity = { instance: 'acme', key: 'host/shop/web:1' };
const START = Date.UTC(2026, 10, 24);

/** What the inventory says so many seconds after the start. */
function seen(digest: string, second: number, of = identity): Observation {
  return {
    identity: of,
    source: 'DescribeImageInstances',
    digest,
    observedAt: new Date(START + second * 1000),
    requestId: `R${second}`,
    row: parseImage({ Tag: '1', Digest: digest, VulCount: 3 }),
  };
}

describe.each(DATABASES)('on %s', (_, open) => {
  let database: Knex;
  let store: ImageStore;
  beforeEach(async () => {
    database = await open();
    await migrate({ getClient: async () => database });
    store = createImageStore({ database });
  });
  afterEach(() => database.destroy());

  it('migrates down to nothing, and up again', async () => {
    const directory = new URL('../migrations', import.meta.url).pathname;
    await database.migrate.rollback({ directory }, true);
    expect(await database.schema.hasTable('images')).toBe(false);
    await migrate({ getClient: async () => database });
    expect(await database.schema.hasTable('moves')).toBe(true);
  });

  it('leaves the tables alone where the administrator migrates by himself', async () => {
    const directory = new URL('../migrations', import.meta.url).pathname;
    await database.migrate.rollback({ directory }, true);
    await migrate({ getClient: async () => database, migrations: { skip: true } });
    expect(await database.schema.hasTable('images')).toBe(false);
  });

  it('gives back what was recorded, row and all', async () => {
    await store.record([seen(A, 0)]);
    const [stored] = await store.latest([identity, { instance: 'acme', key: 'never seen' }]);
    expect(stored).toMatchObject({
      identity,
      live: undefined,
      inventory: { digest: A, observedAt: new Date(START), requestId: 'R0', row: { vulCount: 3 } },
      failure: undefined,
    });
  });

  it('counts equal observations in a row as one period, and loses none', async () => {
    await store.record([seen(A, 0), seen(A, 10), seen(B, 20), seen(B, 30), seen(A, 40)]);
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

  it('takes no older word over a newer one, whoever writes it last', async () => {
    await store.record([seen(A, 0), seen(B, 10)]);
    expect(await store.record([seen(A, 5)])).toEqual([]);
    expect((await store.latest([identity]))[0]?.inventory).toMatchObject({ digest: B, requestId: 'R10' });
    expect((await store.history(identity, 100)).periods).toHaveLength(2);
  });

  it('drops what DescribeImage said before the inventory went on, and keeps what it said of the new digest', async () => {
    const live = (digest: string, second: number) => ({
      ...seen(digest, second),
      source: 'DescribeImage' as const,
    });
    await store.record([seen(A, 0), live(A, 1), seen(B, 10)]);
    expect((await store.latest([identity]))[0]?.live).toBeUndefined();
    await store.record([live(A, 20), seen(A, 30)]);
    expect((await store.latest([identity]))[0]?.live?.digest).toBe(A);
  });

  it('tells a move to one of those who record it at the same time', async () => {
    await store.record([seen(A, 0)]);
    const told = await Promise.all([
      store.record([seen(B, 10)]),
      createImageStore({ database }).record([seen(B, 10)]),
      createImageStore({ database }).record([seen(B, 11)]),
    ]);
    expect(told.flat()).toHaveLength(1);
    expect((await store.history(identity, 100)).moves).toHaveLength(1);
  });

  it('keeps what was known beside a failure, and drops the failure with the next answer', async () => {
    const failure: ImageFailure = {
      kind: 'throttled',
      message: 'too many calls',
      remedy: 'slow down',
      observedAt: new Date(START).toISOString(),
    };
    await store.record([seen(A, 0)]);
    await store.recordFailures([{ identity, failure }]);
    expect((await store.latest([identity]))[0]).toMatchObject({ inventory: { digest: A }, failure });
    await store.record([seen(A, 1)]);
    expect((await store.latest([identity]))[0]?.failure).toBeUndefined();
  });

  it('counts what another version wrote as nothing, and goes on', async () => {
    await store.record([seen(A, 0)]);
    await database('images').update({ inventory: '{"digest":7}', tracked: 'no JSON', failure: '{}' });
    expect((await store.latest([identity]))[0]).toMatchObject({ inventory: undefined, failure: undefined });
    expect(await store.record([seen(B, 1)])).toEqual([]);
  });

  it('takes five thousand images at once', async () => {
    const many = Array.from({ length: 5_000 }, (_, n) => seen(A, 0, { instance: 'acme', key: `web:${n}` }));
    await store.record(many);
    expect(await store.latest(many.map((observation) => observation.identity))).toHaveLength(5_000);
  });

  it('forgets what ended before a time, and never what an image is now', async () => {
    await store.record([seen(A, 0), seen(B, 10), seen(A, 20)]);
    await database('moves').update({ announced_at: START, notified_at: START });
    await pruneHistory(database, new Date(START + 100_000));
    const { periods, moves } = await store.history(identity, 100);
    expect(periods.map(({ digest }) => digest)).toEqual([A]);
    expect(moves).toHaveLength(1);
    expect((await store.latest([identity]))[0]?.lastMove?.to).toBe(A);
  });

  it('forgets no move that nobody was told of', async () => {
    await store.record([seen(A, 0), seen(B, 10), seen(A, 20)]);
    await pruneHistory(database, new Date(START + 100_000));
    expect((await store.history(identity, 100)).moves).toHaveLength(2);
  });

  it('forgets images that nobody has declared for so long', async () => {
    await store.record([seen(A, 0), seen(B, 10)]);
    await createScheduleStore(database).plan([{ identity, intervalMs: 1_000, nextAt: START + 20_000 }]);
    await pruneHistory(database, new Date(START + 10_000));
    expect(await store.latest([identity])).toHaveLength(1);
    await pruneHistory(database, new Date(START + 100_000));
    expect(await store.latest([identity])).toEqual([]);
    expect(await database('observations').select()).toEqual([]);
  });

  describe('the outbox', () => {
    it('hands a move to one back end, and to another when that one does not come back', async () => {
      await store.record([seen(A, 0), seen(B, 10)]);
      const now = START + 20_000;
      const claims = await Promise.all([
        createMoveOutbox(database).claim(now),
        createMoveOutbox(database).claim(now),
      ]);
      expect(claims.flat()).toMatchObject([{ identity, move: { from: A, to: B }, isAnnounced: false }]);
      expect(await createMoveOutbox(database).claim(now + 59_000)).toEqual([]);
      expect(await createMoveOutbox(database).claim(now + 61_000)).toHaveLength(1);
    });

    it('remembers which half is told', async () => {
      await store.record([seen(A, 0), seen(B, 10)]);
      const outbox = createMoveOutbox(database);
      const [untold] = await outbox.claim(START);
      await outbox.announced(untold?.move.id ?? '', START);
      expect(await outbox.claim(START + 61_000)).toMatchObject([{ isAnnounced: true, isNotified: false }]);
      await outbox.notified(untold?.move.id ?? '', START);
      expect(await outbox.claim(START + 200_000)).toEqual([]);
    });
  });

  it('says which images are due: those never planned, and those whose time has come', async () => {
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
