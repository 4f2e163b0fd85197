import { randomUUID } from 'node:crypto';
import { type ImageEvent, imageEventSchema } from '@describe-image/backstage-plugin-describe-image-common';
import type { Knex } from 'knex';
import { z } from 'zod';
import { parseJson } from '../store/tables.ts';

/** `announce`: Backstage events and signals. `notify`: notifications. A failure of one does not delay the other. */
export const QUEUES = ['announce', 'notify'] as const;
export type Queue = (typeof QUEUES)[number];

/** An event that is to be delivered. */
export interface Delivery {
  readonly id: number;
  readonly event: ImageEvent;
  /** Number of failed attempts. */
  readonly attempts: number;
  /** The channels to which the event was already sent. */
  readonly channels: readonly string[];
}

/** Deliveries until they succeed. Those that failed too often are kept as dead letters. */
export interface DeliveryStore {
  /** Claims deliveries that are due. Another back end can claim them when the claim expires. */
  claim(queue: Queue, now: number): Promise<readonly Delivery[]>;
  complete(delivery: Delivery): Promise<void>;
  /** Records that a channel accepted the event, so that a retry skips it. */
  setChannels(delivery: Delivery, channels: readonly string[]): Promise<void>;
  retry(delivery: Delivery, at: number, error: Error): Promise<void>;
  /** Makes a delivery a dead letter. */
  bury(delivery: Pick<Delivery, 'id'>, now: number, error: Error): Promise<void>;
  count(queue: Queue): Promise<{ readonly waiting: number; readonly dead: number }>;
}

interface DeliveryRow {
  readonly id: number;
  readonly event: string;
  readonly attempts: number;
  readonly channels: string | null;
}

const CLAIM_MS = 120_000;
const MAX_CLAIMED = 10;
const MAX_ERROR_LENGTH = 500;

/**
 * Adds an event to queues, in the transaction that records it. Of several back ends that record the same event, one adds it.
 *
 * @param id - The same in all back ends. At most 64 characters.
 */
export async function enqueue(
  transaction: Knex,
  queues: readonly Queue[],
  id: string,
  event: ImageEvent,
): Promise<void> {
  const row = { event_id: id, event: JSON.stringify(event), created_at: Date.parse(event.observedAt) };
  await transaction('deliveries')
    .insert(queues.map((queue) => ({ queue, ...row })))
    .onConflict(['queue', 'event_id'])
    .ignore();
}

/** Creates the store on the table `deliveries`. */
export function createDeliveryStore(database: Knex): DeliveryStore {
  const update = async (id: number, columns: object): Promise<void> => {
    await database('deliveries').where({ id }).update(columns);
  };
  const bury: DeliveryStore['bury'] = ({ id }, now, error) =>
    update(id, { dead_at: now, last_error: messageOf(error) });
  return {
    async claim(queue, now) {
      const claimed_by = randomUUID();
      const due = (query: Knex.QueryBuilder) =>
        query
          .where({ queue })
          .whereNull('dead_at')
          .where('next_attempt_at', '<=', now)
          .where((claim) => claim.whereNull('claimed_until').orWhere('claimed_until', '<', now));
      const ids = await due(database('deliveries'))
        .orderBy(['next_attempt_at', 'id'])
        .limit(MAX_CLAIMED)
        .pluck('id');
      if (ids.length === 0) return [];
      // Repeats the condition, because another back end can have claimed deliveries in between.
      await due(database('deliveries').whereIn('id', ids)).update({
        claimed_by,
        claimed_until: now + CLAIM_MS,
      });
      const rows: DeliveryRow[] = await database('deliveries').where({ claimed_by }).orderBy('id');
      const deliveries: Delivery[] = [];
      for (const { id, event, attempts, channels } of rows) {
        const parsed = imageEventSchema.safeParse(parseJson(event));
        const done = z.array(z.string()).safeParse(parseJson(channels)).data ?? [];
        if (parsed.success) deliveries.push({ id, event: parsed.data, attempts, channels: done });
        else await bury({ id }, now, new Error('the event has the format of another version'));
      }
      return deliveries;
    },
    async complete({ id }) {
      await database('deliveries').where({ id }).delete();
    },
    setChannels: ({ id }, channels) => update(id, { channels: JSON.stringify(channels) }),
    retry: ({ id, attempts }, at, error) =>
      update(id, {
        attempts: attempts + 1,
        next_attempt_at: Math.round(at),
        claimed_by: null,
        claimed_until: null,
        last_error: messageOf(error),
      }),
    bury,
    async count(queue) {
      const of = async (query: Knex.QueryBuilder): Promise<number> =>
        Number((await query.count({ count: '*' }).first())?.count ?? 0);
      const all = () => database('deliveries').where({ queue });
      return { waiting: await of(all().whereNull('dead_at')), dead: await of(all().whereNotNull('dead_at')) };
    },
  };
}

function messageOf(error: Error): string {
  return error.message.slice(0, MAX_ERROR_LENGTH);
}
