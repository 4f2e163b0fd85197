import { mockServices } from '@backstage/backend-test-utils';
import type { ImageEvent } from '@describe-image/backstage-plugin-describe-image-common';
import type { Knex } from 'knex';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createDeliverer, retryWait, UndeliverableError } from '../src/outbox/deliver.ts';
import { createDeliveryStore, enqueue, type Queue } from '../src/outbox/delivery-store.ts';
import { migrate } from '../src/store/tables.ts';
import { DATABASES } from './databases.ts';

const A = `sha256:${'a'.repeat(64)}`;
const START = Date.UTC(2026, 10, 24);
const observedAt = new Date(START).toISOString();

function moveOf(n: number): ImageEvent {
  const move = { id: `${n}`, to: A, observedAt, movedBack: false };
  return { kind: 'moved', instance: 'acme', key: `host/shop/web:${n}`, observedAt, move };
}

async function setUp(open: () => Promise<Knex>) {
  const database = await open();
  onTestFinished(() => database.destroy());
  await migrate({ getClient: async () => database });
  const deliveries = createDeliveryStore(database);
  const clock = { now: START };
  const outcomes: string[] = [];
  const delivererOf = (queue: Queue, deliver: (key: string) => Promise<void>, timeLimitMs = 60_000) =>
    createDeliverer({
      queue,
      deliveries,
      open:
        () =>
        ({ event }) =>
          deliver(event.key),
      now: () => clock.now,
      random: () => 0.5,
      timeLimitMs,
      logger: mockServices.logger.mock(),
      onAttempt: (__, outcome) => void outcomes.push(outcome),
    });
  const add = (n: number) => enqueue(database, ['announce', 'notify'], `${n}`, moveOf(n));
  return { database, deliveries, clock, outcomes, delivererOf, add };
}

const fail = async (): Promise<never> => {
  throw new Error('the notifications back end is down');
};

describe.each(DATABASES)('a queue of events on %s', (_, open) => {
  it('announces a new move while 250 notifications fail', async () => {
    const { add, delivererOf } = await setUp(open);
    for (let n = 0; n < 250; n++) await add(n);
    const announced: string[] = [];
    const announce = delivererOf('announce', async (key) => void announced.push(key));
    await announce.run();
    let hasStarted: (() => void) | undefined;
    const started = new Promise<void>((resolve) => {
      hasStarted = resolve;
    });
    // The first notification does not end before the new move is announced.
    let failFirst: ((error: Error) => void) | undefined;
    const stuck = new Promise<never>((__, reject) => {
      failFirst = reject;
    });
    const notify = delivererOf('notify', () => {
      hasStarted?.();
      return stuck;
    });
    const notifying = notify.run();
    await started;

    await add(250);
    await announce.run();
    expect(announced).toHaveLength(251);
    failFirst?.(new Error('down'));
    await notifying;
  });

  it('retries a failed delivery after waits that double', async () => {
    const { add, clock, deliveries, delivererOf, outcomes } = await setUp(open);
    await add(1);
    const notify = delivererOf('notify', fail);
    const waits: number[] = [];
    for (let attempt = 0; attempt < 4; attempt++) {
      const before = clock.now;
      while (outcomes.length === attempt) {
        await notify.run();
        if (outcomes.length === attempt) clock.now += 1_000;
      }
      waits.push((clock.now - before) / 1_000);
    }
    expect(waits).toEqual([0, 15, 30, 60]);
    expect(await deliveries.count('notify')).toEqual({ waiting: 1, dead: 0 });
  });

  it('retries a delivery that never ends, and continues with the next one', async () => {
    const { add, delivererOf, outcomes } = await setUp(open);
    await add(1);
    await add(2);
    const hang = (key: string) =>
      key.endsWith(':1') ? new Promise<never>(() => {}) : Promise.resolve(undefined);
    await delivererOf('notify', hang, 1).run();
    expect(outcomes).toEqual(['retried', 'delivered']);
  });

  it('waits at most an hour and a quarter between attempts', () => {
    expect(retryWait(30, () => 1)).toBe(4_500_000);
  });

  it('makes a delivery a dead letter after fifteen attempts', async () => {
    const { add, clock, database, deliveries, delivererOf, outcomes } = await setUp(open);
    await add(1);
    const notify = delivererOf('notify', fail);
    for (let hour = 0; hour < 20; hour++) {
      await notify.run();
      clock.now += 3_600_000;
    }
    expect(outcomes).toEqual([...Array.from({ length: 14 }, () => 'retried'), 'dead']);
    expect(await deliveries.count('notify')).toEqual({ waiting: 0, dead: 1 });
    expect(await database('deliveries').where({ queue: 'notify' }).first()).toMatchObject({
      last_error: 'the notifications back end is down',
    });
  });

  it('makes an undeliverable event a dead letter at once', async () => {
    const { add, delivererOf, outcomes } = await setUp(open);
    await add(1);
    await delivererOf('notify', async () => {
      throw new UndeliverableError('too old');
    }).run();
    expect(outcomes).toEqual(['dead']);
  });

  it('delivers an event that is added during a run', async () => {
    const { add, delivererOf } = await setUp(open);
    const delivered: string[] = [];
    const announce = delivererOf('announce', async (key) => {
      if (delivered.length === 0) await add(2);
      delivered.push(key);
    });
    await add(1);
    await announce.run();
    expect(delivered).toHaveLength(2);
  });

  it('starts no delivery after it was stopped', async () => {
    const { add, deliveries, delivererOf, outcomes } = await setUp(open);
    await add(1);
    const announce = delivererOf('announce', async () => {});
    await announce.stop();
    await announce.run();
    expect(outcomes).toEqual([]);
    expect(await deliveries.count('announce')).toEqual({ waiting: 1, dead: 0 });
  });
});
