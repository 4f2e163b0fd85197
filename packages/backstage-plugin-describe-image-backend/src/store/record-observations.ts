import type { ImageMove } from '@describe-image/backstage-plugin-describe-image-common';
import { describableIds, trackTag } from '@describe-image/core/images';
import type { ImageDigest } from '@describe-image/core/protocol';
import type { Knex } from 'knex';
import { enqueue } from '../outbox/delivery-store.ts';
import { eventId, type ImageIdentity, moveId, nameOf } from './image-identity.ts';
import { type ImageState, lockImages, writeImages } from './locked-images.ts';
import type { Observation } from './observation.ts';
import { compareScan } from './scan-events.ts';
import { findMoves, inChunks, type MoveRow, moveOf } from './tables.ts';

/** An observation of one image. */
export interface ImageObservation {
  readonly identity: ImageIdentity;
  readonly observation: Observation;
}

/** The moves of the images of which observations were recorded. */
export interface RecordedMoves {
  /** Moves that were not recorded before. Of several back ends that record the same move, one receives it here. */
  readonly newMoves: readonly ImageMove[];
  /** The last move of each image that has one, by {@link nameOf}. */
  readonly lastMoves: ReadonlyMap<string, ImageMove>;
}

/** Implements `ImageStore.record`. */
export async function recordObservations(
  database: Knex,
  observations: readonly ImageObservation[],
): Promise<RecordedMoves> {
  const newMoves: ImageMove[] = [];
  const lastMoves = new Map<string, ImageMove>();
  for (const chunk of inChunks(observations, 100)) {
    const recorded = await database.transaction((transaction) => recordChunk(transaction, chunk));
    newMoves.push(...recorded.newMoves);
    for (const [name, move] of recorded.lastMoves) lastMoves.set(name, move);
  }
  return { newMoves, lastMoves };
}

async function recordChunk(
  transaction: Knex.Transaction,
  observations: readonly ImageObservation[],
): Promise<RecordedMoves> {
  const images = await lockImages(
    transaction,
    observations.map(({ identity }) => identity),
  );
  const newMoves: ImageMove[] = [];
  for (const { identity, observation } of observations) {
    const image = images.get(nameOf(identity));
    if (image !== undefined) newMoves.push(...(await recordOne(transaction, image, observation)));
  }
  await writeImages(transaction, [...images.values()]);

  const ids = [...images.values()].flatMap(({ lastMoveId }) => lastMoveId ?? []);
  const moves = await findMoves(transaction, ids);
  const lastMoves = new Map<string, ImageMove>();
  for (const [name, { lastMoveId }] of images) {
    const move = moves.get(lastMoveId ?? '');
    if (move !== undefined) lastMoves.set(name, move);
  }
  return { newMoves, lastMoves };
}

async function recordOne(
  transaction: Knex.Transaction,
  image: ImageState,
  observation: Observation,
): Promise<ImageMove[]> {
  const { source, digest, observedAt, requestId } = observation;
  const previous = source === 'DescribeImage' ? image.live : image.inventory;
  // Concurrent back ends can record observations out of order.
  if (previous !== undefined && previous.observedAt > observedAt) return [];
  if (source === 'DescribeImage') {
    image.live = observation;
    image.liveFailure = null;
  } else {
    const hasChanged = previous?.digest !== undefined && previous.digest !== digest;
    // The inventory changed after DescribeImage was called, so the tag has moved since: the live observation is outdated.
    if (hasChanged && image.live?.digest !== digest) {
      image.live = undefined;
      image.liveCheckNotBefore = 0;
    }
    image.inventory = observation;
    image.inventoryFailure = null;
    const ids = observation.row && describableIds(observation.row);
    image.liveIds = ids === undefined ? null : JSON.stringify(ids);
    await recordScan(transaction, image, observation);
  }
  if (digest === undefined) return [];
  extendPeriod(image, { ...observation, digest });

  const { tag, move } = trackTag(image.trackedTag, { digest, source, observedAt });
  image.trackedTag = tag;
  if (move === undefined) return [];
  const id = moveId(image.identity, move);
  image.lastMoveId = id;
  const row = {
    id,
    image_id: image.id,
    from_digest: move.from,
    to_digest: move.to,
    observed_at: observedAt.getTime(),
    moved_back: move.movedBack,
    request_id: requestId ?? null,
  };
  const inserted = await transaction<MoveRow>('moves').insert(row).onConflict('id').ignore().returning('id');
  if (inserted.length === 0) return [];
  const recorded = moveOf(row);
  await enqueue(transaction, ['announce', 'notify'], id, {
    kind: recorded.movedBack ? 'moved-back' : 'moved',
    ...image.identity,
    observedAt: recorded.observedAt,
    move: recorded,
  });
  return [recorded];
}

/** Adds the events of a new scan to the queue of notifications. */
async function recordScan(
  transaction: Knex.Transaction,
  image: ImageState,
  { row, ...inventory }: Observation,
): Promise<void> {
  if (row === undefined) return;
  const { events, watched } = compareScan(
    image.identity,
    image.watchedScan,
    { ...inventory, row },
    image.live,
  );
  image.watchedScan = watched;
  for (const { id, event } of events) await enqueue(transaction, ['notify'], eventId(id), event);
}

/** Adds an observation to the last period of its source, or starts a period when the digest differs. */
function extendPeriod(
  image: ImageState,
  { source, digest, observedAt, requestId }: Observation & { readonly digest: ImageDigest },
): void {
  const at = observedAt.getTime();
  const request_id = requestId ?? null;
  let period = image.periods.get(source);
  if (period?.digest === digest) {
    period.last_seen_at = Math.max(at, period.last_seen_at);
    period.observation_count++;
    period.request_id = request_id;
  } else {
    period = {
      id: undefined,
      image_id: image.id,
      source,
      digest,
      first_seen_at: at,
      last_seen_at: at,
      observation_count: 1,
      request_id,
    };
    image.periods.set(source, period);
  }
  image.changedPeriods.add(period);
}
