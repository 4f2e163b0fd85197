import { parseTrackedTag, type TrackedTag } from '@describe-image/core/images';
import type { Knex } from 'knex';
import { type ImageIdentity, nameOf } from './image-identity.ts';
import { formatObservation, type Observation, parseObservation } from './observation.ts';
import { type ImageRow, type PeriodRow, parseJson } from './tables.ts';

/** A row of `periods`, which has no id before it is inserted. */
interface Period extends Omit<PeriodRow, 'id' | 'first_seen_at' | 'last_seen_at'> {
  readonly id: number | undefined;
  readonly first_seen_at: number;
  last_seen_at: number;
  observation_count: number;
  request_id: string | null;
}

/** The state of an image while observations of it are recorded. */
export interface ImageState {
  readonly id: number;
  readonly identity: ImageIdentity;
  trackedTag: TrackedTag | undefined;
  live: Observation | undefined;
  inventory: Observation | undefined;
  liveFailure: string | null;
  inventoryFailure: string | null;
  liveIds: string | null;
  liveCheckNotBefore: number;
  watchedScan: string | null;
  lastMoveId: string | null;
  /** The last period of each source. */
  readonly periods: Map<string, Period>;
  /** New and extended periods. */
  readonly changedPeriods: Set<Period>;
}

/** Creates missing rows and locks all rows until the transaction ends, so that concurrent back ends record a move once. */
export async function lockImages(
  transaction: Knex.Transaction,
  observed: readonly ImageIdentity[],
): Promise<ReadonlyMap<string, ImageState>> {
  const identities = new Map(observed.map((identity) => [nameOf(identity), identity]));
  // A fixed order, here and below, prevents deadlocks between concurrent transactions.
  const pairs = [...identities.entries()].sort().map(([, { instance, key }]) => [instance, key]);
  await transaction('images')
    .insert(pairs.map(([instance, image_key]) => ({ instance, image_key })))
    .onConflict(['instance', 'image_key'])
    .ignore();
  const rows: ImageRow[] = await transaction<ImageRow>('images')
    .whereIn(['instance', 'image_key'], pairs)
    .orderBy('id')
    .forUpdate();
  const images = new Map<number, ImageState>();
  for (const row of rows)
    images.set(row.id, {
      id: row.id,
      identity: { instance: row.instance, key: row.image_key },
      trackedTag: parseTrackedTag(parseJson(row.tracked_tag)),
      live: parseObservation(row.live_observation),
      inventory: parseObservation(row.inventory_observation),
      liveFailure: row.live_failure,
      inventoryFailure: row.inventory_failure,
      liveIds: row.live_ids,
      liveCheckNotBefore: Number(row.live_check_not_before),
      watchedScan: row.watched_scan,
      lastMoveId: row.last_move_id,
      periods: new Map(),
      changedPeriods: new Set(),
    });
  const lastIds = transaction('periods')
    .whereIn('image_id', [...images.keys()])
    .groupBy('image_id', 'source')
    .max('id');
  for (const row of await transaction<PeriodRow>('periods').whereIn('id', lastIds))
    images.get(row.image_id)?.periods.set(row.source, {
      ...row,
      first_seen_at: Number(row.first_seen_at),
      last_seen_at: Number(row.last_seen_at),
    });
  return new Map([...images.values()].map((image) => [nameOf(image.identity), image]));
}

/** Writes the locked rows and their periods. */
export async function writeImages(
  transaction: Knex.Transaction,
  images: readonly ImageState[],
): Promise<void> {
  const rows = images.map((image) => ({
    instance: image.identity.instance,
    image_key: image.identity.key,
    ...columnsOf(image),
  }));
  const [first] = images;
  if (first === undefined) return;
  await transaction('images')
    .insert(rows)
    .onConflict(['instance', 'image_key'])
    .merge(Object.keys(columnsOf(first)));
  const periods = images.flatMap(({ changedPeriods }) => [...changedPeriods]);
  const added = periods.filter(({ id }) => id === undefined).map(({ id: _, ...period }) => period);
  const extended = periods.filter(({ id }) => id !== undefined);
  if (added.length > 0) await transaction('periods').insert(added);
  if (extended.length > 0)
    await transaction('periods')
      .insert(extended)
      .onConflict('id')
      .merge(['last_seen_at', 'observation_count', 'request_id']);
}

function columnsOf(image: ImageState) {
  const { trackedTag, live, inventory } = image;
  return {
    tracked_tag: JSON.stringify(trackedTag ?? null),
    live_observation: live === undefined ? null : formatObservation(live),
    inventory_observation: inventory === undefined ? null : formatObservation(inventory),
    live_failure: image.liveFailure,
    inventory_failure: image.inventoryFailure,
    live_ids: image.liveIds,
    live_checked_at: live === undefined ? null : live.observedAt.getTime(),
    live_check_not_before: image.liveCheckNotBefore,
    watched_scan: image.watchedScan,
    last_move_id: image.lastMoveId,
  };
}
