import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import { IMAGE_STATES } from '@describe-image/backstage-plugin-describe-image-common';
import { parseImage } from '@describe-image/core/protocol';
import type { Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseEntity } from '../src/entities/entity-reader.ts';
import { createEntityCopy } from '../src/overview/entity-copy.ts';
import { createImageStates } from '../src/overview/image-states.ts';
import { overviewQueries } from '../src/overview/query-overview.ts';
import { withImageStates } from '../src/overview/recording-store.ts';
import type { OwnerQuery } from '../src/permissions/image-entity-rules.ts';
import { NO_RUNNING_IMAGES } from '../src/running/running-images.ts';
import { createRunningStore } from '../src/running/running-store.ts';
import { createImageStore } from '../src/store/image-store.ts';
import { migrate } from '../src/store/tables.ts';
import { DATABASES } from './databases.ts';
import { CHECKOUT, component, NIGHTLY } from './entities.ts';

const A = `sha256:${'a'.repeat(64)}` as const;
const B = `sha256:${'b'.repeat(64)}` as const;
const START = Date.UTC(2026, 10, 24);
const instance = { name: 'acme', consoleUrl: undefined };

describe.each(DATABASES)('the overview on %s', (_, open) => {
  let database: Knex;
  let time: number;
  beforeEach(async () => {
    time = START;
    database = await open();
    await migrate({ getClient: async () => database });
  });
  afterEach(() => database.destroy());

  /** A back end on the database, and the entities in its catalog, which a test can change. */
  function start(...components: ReturnType<typeof component>[]) {
    const now = () => time;
    const entities = components.map(parseEntity);
    const instances = { find: (name?: string) => (name === undefined ? (instance as never) : undefined) };
    const recorded = createImageStore(database);
    const states = createImageStates(database, {
      instances,
      store: recorded,
      running: NO_RUNNING_IMAGES,
      now,
      liveCheckMaxAgeMs: 60_000,
    });
    const logger = mockServices.logger.mock();
    let readCount = 0;
    const copy = createEntityCopy({
      database,
      catalog: catalogServiceMock({ entities: [] }),
      auth: { getOwnServiceCredentials: async () => mockCredentials.service() },
      instances,
      states,
      readEntities: async () => {
        readCount++;
        return entities;
      },
      now,
      logger,
    });
    const store = withImageStates(recorded, states, logger);
    return { copy, entities, store, readCount: () => readCount };
  }

  const queries = (json?: string) =>
    overviewQueries(database, { readable: { has: () => true, ...(json && { json }) }, now: time });
  const countsOf = async (json?: string) => Object.fromEntries(await queries(json).counts({ search: '' }));
  const refs = async () => {
    const all = queries();
    return (await all.items(await all.ids({ search: '' }))).map(({ entity_ref }) => entity_ref);
  };

  const seen = (key: string, source: 'inventory' | 'live', digest: typeof A | typeof B) => ({
    identity: { instance: 'acme', key },
    observation: {
      digest,
      observedAt: new Date(time),
      ...(source === 'live'
        ? { source: 'DescribeImage' as const }
        : {
            source: 'DescribeImageInstances' as const,
            row: parseImage({ Tag: '1', Digest: digest, Status: 1, VulStatus: 'NO', LastScanTime: time }),
          }),
    },
  });

  it('writes only changed entities, and removes those that are gone', async () => {
    const { copy, entities } = start(
      component('checkout', { images: [CHECKOUT] }),
      component('base', { images: [NIGHTLY, 'not a reference'] }),
    );
    await copy.write(entities);
    const before = await database('declared_images').select('id').orderBy('id');
    await copy.write(entities);
    expect(await database('declared_images').select('id').orderBy('id')).toEqual(before);

    entities[1] = parseEntity(component('base', { images: [NIGHTLY, CHECKOUT] }));
    await copy.write(entities);
    expect((await refs()).sort()).toEqual([
      'component:default/base',
      'component:default/base',
      'component:default/checkout',
    ]);
    expect((await queries().faults({ search: '' }, 10)).count).toBe(0);

    await copy.write([]);
    for (const table of ['declaring_entities', 'declared_images', 'annotation_faults'])
      expect(await database(table).select()).toEqual([]);
  });

  it('accepts copies by two back ends at the same time', async () => {
    const all = Array.from({ length: 120 }, (_, n) =>
      component(`service-${n}`, { images: [CHECKOUT, NIGHTLY] }),
    );
    const first = start(...all);
    const second = start(...all.map((entity) => ({ ...entity, spec: { ...entity.spec, owner: 'other' } })));
    await Promise.all([first.copy.write(first.entities), second.copy.write(second.entities)]);
    expect(await refs()).toHaveLength(240);
  });

  it('updates the states when observations and failures are recorded', async () => {
    const { copy, entities, store } = start(component('checkout', { images: [CHECKOUT] }));
    await copy.write(entities);
    expect(await countsOf()).toEqual({ 'not-verified': 1 });
    await store.record([seen(CHECKOUT, 'inventory', A), seen(CHECKOUT, 'live', B)]);
    expect(await countsOf()).toEqual({ drift: 1 });
    await store.record([seen(CHECKOUT, 'live', A)]);
    const [state] = Object.keys(await countsOf());
    expect(state).not.toBe('drift');
    await store.recordFailures([
      {
        identity: { instance: 'acme', key: CHECKOUT },
        source: 'DescribeImage',
        failure: {
          kind: 'unreachable',
          message: 'm',
          remedy: 'r',
          observedAt: new Date(time).toISOString(),
        },
      },
    ]);
    expect(await countsOf()).toEqual({ unreadable: 1 });
  });

  it('does not return an image as clean after its live check became too old', async () => {
    const { copy, entities, store } = start(component('checkout', { images: [CHECKOUT] }));
    await copy.write(entities);
    await store.record([seen(CHECKOUT, 'inventory', A), seen(CHECKOUT, 'live', A)]);
    await database('declared_images').update({ state: 'clean', clean_until: time + 60_000 });
    time += 60_000;
    expect(await countsOf()).toEqual({ clean: 1 });
    time += 1;
    expect(await countsOf()).toEqual({ 'not-verified': 1 });
    expect(await queries().ids({ search: '', state: 'clean' })).toEqual([]);
  });

  it('repairs states that a stopped back end left, within five minutes', async () => {
    const { copy, entities } = start(component('checkout', { images: [CHECKOUT] }));
    await copy.write(entities);
    await database('declared_images').update({ state: 'clean', clean_until: time + 1e9 });
    time += 299_000;
    await copy.write(entities);
    expect(await countsOf()).toEqual({ clean: 1 });
    time += 1_000;
    await copy.write(entities);
    expect(await countsOf()).toEqual({ 'not-verified': 1 });
  });

  it('reads the entities on the first request, and later in one back end after they became old', async () => {
    const component1 = component('checkout', { images: [CHECKOUT] });
    const first = start(component1);
    const second = start(component1);
    expect(await first.copy.ensure()).toBe(START);
    await second.copy.ensure();
    time += 30_000;
    await Promise.all([first.copy.ensure(), second.copy.ensure()]);
    expect(first.readCount() + second.readCount()).toBe(2);
    time += 1;
    await Promise.all([first.copy.ensure(), second.copy.ensure()]);
    expect(first.readCount() + second.readCount()).toBe(3);
    await expect.poll(() => first.copy.ensure()).toBe(time);
  });

  it('sees only readable entities in each query', async () => {
    const { copy, entities } = start(
      component('checkout', { images: [CHECKOUT], spec: { owner: 'a', system: 'shop' } }),
      component('base', { images: [NIGHTLY, 'not a reference'], spec: { owner: 'b', system: 'base' } }),
    );
    await copy.write(entities);
    const readable = queries(JSON.stringify(['component:default/checkout']));
    const [id] = await readable.ids({ search: '' });
    expect(await readable.ids({ search: '' })).toHaveLength(1);
    expect(await readable.items([id ?? 0])).toMatchObject([{ entity_ref: 'component:default/checkout' }]);
    expect(await readable.total()).toBe(1);
    expect((await readable.related('owner')).map(({ ref }) => ref)).toEqual(['group:default/a']);
    expect((await readable.related('system')).map(({ ref }) => ref)).toEqual(['system:default/shop']);
    expect(await readable.repositories()).toHaveLength(1);
    expect((await readable.faults({ search: '' }, 10)).count).toBe(0);
    const none = queries('[]');
    expect([await none.total(), await none.ids({ search: '' })]).toEqual([0, []]);
  });

  it('applies conditions on owners to each query, also negated ones', async () => {
    const { copy, entities } = start(
      component('checkout', { images: [CHECKOUT], spec: { owner: 'a' } }),
      component('base', { images: [NIGHTLY, 'not a reference'], spec: { owner: 'b' } }),
      component('orphan', { images: [CHECKOUT], spec: { owner: '' } }),
    );
    await copy.write(entities);
    const isA = { owners: ['group:default/a'] };
    const seenBy = async (owners: PermissionCriteria<OwnerQuery>) => {
      const limited = overviewQueries(database, { readable: { has: () => true, owners }, now: time });
      const found = await limited.items(await limited.ids({ search: '' }));
      const { count } = await limited.faults({ search: '' }, 10);
      return [found.map(({ title }) => title).sort(), await limited.total(), count];
    };
    expect(await seenBy(isA)).toEqual([['checkout'], 1, 0]);
    expect(await seenBy({ not: isA })).toEqual([['base', 'orphan'], 2, 1]);
    expect(await seenBy({ anyOf: [isA, { owners: ['group:default/b'] }] })).toEqual([
      ['base', 'checkout'],
      2,
      1,
    ]);
    expect(await seenBy({ allOf: [isA, { not: isA }] })).toEqual([[], 0, 0]);
  });

  it('stores what runs, and deletes it for entities that are gone', async () => {
    const running = createRunningStore(database);
    const containers = { observedAt: time, containers: [] };
    await running.write('component:default/a', { ...containers, fault: 'f' });
    await running.write('component:default/a', containers);
    await running.write('component:default/b', containers);
    expect((await running.read(['component:default/a'])).get('component:default/a')).toEqual(containers);
    await running.keep(['component:default/b']);
    expect([...(await running.read(['component:default/a', 'component:default/b'])).keys()]).toEqual([
      'component:default/b',
    ]);
  });

  it.each(["'; drop table declared_images; --", '%', '_', '!', '\\', '"'])(
    'takes %j in a search as text',
    async (search) => {
      const { copy, entities } = start(component('checkout', { images: [CHECKOUT] }));
      await copy.write(entities);
      expect(await queries().ids({ search })).toEqual([]);
      expect(await queries().ids({ search: 'CHECKOUT:1.4' })).toHaveLength(1);
    },
  );

  it('sorts by state in the order of the states', async () => {
    const { copy, entities } = start(
      component('many', { images: IMAGE_STATES.map((_state, n) => `host/shop/web:${n}`) }),
    );
    await copy.write(entities);
    const reversed = [...IMAGE_STATES].reverse();
    for (const [position, state] of reversed.entries())
      await database('declared_images').where({ position }).update({ state, clean_until: time });
    const all = queries();
    const keys = (await all.items(await all.ids({ search: '' }))).map(({ declaration }) => declaration);
    expect(keys.map((text) => reversed[Number(/web:(\d)/.exec(text)?.[1])])).toEqual([...IMAGE_STATES]);
  });
});
