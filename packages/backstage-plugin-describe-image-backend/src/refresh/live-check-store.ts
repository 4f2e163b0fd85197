import type { DescribeImageInput } from '@describe-image/core/protocol';
import type { Knex } from 'knex';
import { z } from 'zod';
import { enqueue } from '../outbox/delivery-store.ts';
import { eventId, type ImageIdentity, nameOf } from '../store/image-identity.ts';
import { type ImageRow, inChunks, isoOf, parseJson } from '../store/tables.ts';

/** A live check that this back end makes, and when. */
export interface PlannedLiveCheck {
  readonly identity: ImageIdentity;
  readonly ids: DescribeImageInput;
  /** Epoch milliseconds. */
  readonly startAt: number;
}

/** How many live checks of an instance to claim. All times are in milliseconds. */
interface ClaimOptions {
  readonly instance: string;
  readonly now: number;
  /** Time between two checks of the instance, over all back ends. */
  readonly spacingMs: number;
  /** The claimed checks start within this time. */
  readonly periodMs: number;
  /** An image that was checked within this time, also by a page, is not checked again. */
  readonly minAgeMs: number;
}

/** An image that entities declare, and how urgent its live checks are. */
export interface WeightedImage {
  readonly identity: ImageIdentity;
  /** The ids for DescribeImage of an image that is declared by ids. Otherwise they are from the inventory. */
  readonly ids: DescribeImageInput | undefined;
  /** A positive integer. An image with twice the weight is checked twice as often when the budget is too small for all. */
  readonly weight: number;
}

/** The budget of live checks, which back ends with the same database share. */
export interface LiveCheckStore {
  /** Claims the most urgent checks. No other back end receives the same image or the same time. */
  claim(options: ClaimOptions): Promise<readonly PlannedLiveCheck[]>;
  /** Sets the earliest time of an image's next check. */
  postpone(identity: ImageIdentity, notBefore: number): Promise<void>;
  /** Sets the earliest time of an instance's next check, for example after throttling. */
  pause(instance: string, until: number): Promise<void>;
  /** Sets the weights of all declared images. Other images are not checked. */
  setWeights(images: readonly WeightedImage[], now: number): Promise<void>;
  /** Adds the event `not-verified` of each image whose last live check is older than a time, once per live check. */
  reportUnverified(before: number, now: number): Promise<void>;
}

/** Another back end can claim a check again when its back end has stopped. */
const CLAIM_MS = 180_000;

const idsSchema = z.object({
  imageRegionId: z.string(),
  imageInstanceId: z.string(),
  imageRepoId: z.string(),
  imageTag: z.string(),
});

/** Creates the store on the tables `images` and `live_check_budgets`. */
export function createLiveCheckStore(database: Knex): LiveCheckStore {
  return {
    claim: (options) => database.transaction((transaction) => claim(transaction, options)),
    async postpone({ instance, key }, notBefore) {
      await database('images')
        .where({ instance, image_key: key })
        .update({ live_check_not_before: Math.round(notBefore) });
    },
    async pause(instance, until) {
      await database('live_check_budgets')
        .where({ instance })
        .where('next_slot_at', '<', until)
        .update({ next_slot_at: Math.round(until) });
    },
    setWeights: (images, now) => setWeights(database, images, now),
    reportUnverified: (before, now) =>
      database.transaction((transaction) => reportUnverified(transaction, before, now)),
  };
}

async function claim(
  transaction: Knex.Transaction,
  { instance, now, spacingMs, periodMs, minAgeMs }: ClaimOptions,
): Promise<readonly PlannedLiveCheck[]> {
  const budget = () => transaction('live_check_budgets').where({ instance });
  await transaction('live_check_budgets')
    .insert({ instance, next_slot_at: 0 })
    .onConflict('instance')
    .ignore();
  // The lock makes other back ends wait until the slots of this one are taken.
  const { next_slot_at } = await budget().forUpdate().first('next_slot_at');
  const firstSlot = Math.max(Number(next_slot_at), now);
  const slots = Math.ceil((now + periodMs - firstSlot) / spacingMs);
  if (slots <= 0) return [];
  const rows: ImageRow[] = await transaction<ImageRow>('images')
    .where({ instance })
    .whereNotNull('live_ids')
    .where('live_check_weight', '>', 0)
    .where('live_check_not_before', '<=', now)
    .where((checked) => checked.whereNull('live_checked_at').orWhere('live_checked_at', '<=', now - minAgeMs))
    // The age makes every image the most urgent one at some time.
    .orderByRaw('(? - coalesce(live_checked_at, 0)) * live_check_weight desc, id', [now])
    .limit(slots);
  await transaction('images')
    .whereIn(
      'id',
      rows.map(({ id }) => id),
    )
    .update({ live_check_not_before: now + CLAIM_MS });
  await budget().update({ next_slot_at: Math.round(firstSlot + rows.length * spacingMs) });
  return rows.flatMap(({ instance, image_key, live_ids }, index) => {
    const ids = idsSchema.safeParse(parseJson(live_ids)).data;
    const startAt = firstSlot + index * spacingMs;
    return ids === undefined ? [] : { identity: { instance, key: image_key }, ids, startAt };
  });
}

async function setWeights(database: Knex, images: readonly WeightedImage[], now: number): Promise<void> {
  for (const chunk of inChunks(images))
    await database('images')
      .insert(chunk.map(({ identity }) => ({ instance: identity.instance, image_key: identity.key })))
      .onConflict(['instance', 'image_key'])
      .ignore();
  const rows: Pick<ImageRow, 'id' | 'instance' | 'image_key' | 'live_ids' | 'live_check_weight'>[] =
    await database('images').select('id', 'instance', 'image_key', 'live_ids', 'live_check_weight');
  const wanted = new Map(images.map((image) => [nameOf(image.identity), image]));
  const byWeight = new Map<number, number[]>();
  for (const row of rows) {
    const image = wanted.get(nameOf({ instance: row.instance, key: row.image_key }));
    const weight = image?.weight ?? 0;
    if (weight !== row.live_check_weight) byWeight.set(weight, [...(byWeight.get(weight) ?? []), row.id]);
    const live_ids = image?.ids && JSON.stringify(image.ids);
    if (live_ids !== undefined && live_ids !== row.live_ids)
      await database('images').where({ id: row.id }).update({ live_ids });
  }
  for (const [live_check_weight, all] of byWeight)
    for (const ids of inChunks(all))
      await database('images').whereIn('id', ids).update({ live_check_weight });
  await database('images')
    .where('live_check_weight', '>', 0)
    .whereNull('declared_at')
    .update({ declared_at: now });
}

async function reportUnverified(transaction: Knex.Transaction, before: number, now: number): Promise<void> {
  const since = 'coalesce(live_checked_at, declared_at)';
  const rows: ImageRow[] = await transaction<ImageRow>('images')
    .where('live_check_weight', '>', 0)
    // Images that DescribeImage does not support can never be verified.
    .whereNotNull('live_ids')
    .whereRaw(`${since} < ?`, [before])
    .whereRaw(`${since} <> coalesce(unverified_since, 0)`)
    .orderBy('id')
    .forUpdate();
  for (const { id, instance, image_key: key, live_checked_at, declared_at } of rows) {
    const unverified_since = live_checked_at ?? declared_at;
    const identifier = eventId(JSON.stringify(['not-verified', instance, key, Number(unverified_since)]));
    await enqueue(transaction, ['notify'], identifier, {
      kind: 'not-verified',
      instance,
      key,
      observedAt: new Date(now).toISOString(),
      ...(live_checked_at !== null && { checkedAt: isoOf(live_checked_at) }),
    });
    await transaction('images').where({ id }).update({ unverified_since });
  }
}
