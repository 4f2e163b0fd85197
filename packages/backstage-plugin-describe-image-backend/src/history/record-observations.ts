import type { ImageMove } from '@describe-image/backstage-plugin-describe-image-common';
import { parseTrackedTag, type TrackedTag, trackTag } from '@describe-image/core/images';
import { normalizeDigest } from '@describe-image/core/protocol';
import type { Knex } from 'knex';
import { nameOf } from './image-identity.ts';
import type { Observation } from './image-store.ts';
import { inChunks } from './in-chunks.ts';
import { moveId } from './move-id.ts';
import { readMove } from './read-move.ts';
import type { ImageRow, MoveRow, ObservationRow } from './rows.ts';
import { parseJson, readWord, writeWord } from './stored-word.ts';

/** An image while observations of it are taken in. */
interface Taking {
  readonly row: ImageRow;
  tracked: TrackedTag | undefined;
  live: string | null;
  inventory: string | null;
  lastMoveId: string | null;
}

/**
 * Writes observations in the order in which they are given, and returns the moves that nobody wrote before. A transaction holds the rows of
 * its images, so that two back ends which see one move write it once.
 */
export async function recordObservations(
  database: Knex,
  observations: readonly Observation[],
): Promise<readonly ImageMove[]> {
  const told: ImageMove[] = [];
  for (const chunk of inChunks(observations, 100))
    told.push(...(await database.transaction((transaction) => recordChunk(transaction, chunk))));
  return told;
}

async function recordChunk(
  transaction: Knex.Transaction,
  observations: readonly Observation[],
): Promise<ImageMove[]> {
  const images = await lockImages(transaction, observations);
  const told: ImageMove[] = [];
  for (const observation of observations) {
    const image = images.get(nameOf(observation.identity));
    if (image !== undefined) told.push(...(await take(transaction, image, observation)));
  }
  for (const { row, tracked, live, inventory, lastMoveId } of images.values())
    await transaction('images')
      .where({ id: row.id })
      .update({
        tracked: JSON.stringify(tracked ?? null),
        live,
        inventory,
        failure: null,
        last_move_id: lastMoveId,
      });
  return told;
}

async function lockImages(
  transaction: Knex.Transaction,
  observations: readonly Observation[],
): Promise<ReadonlyMap<string, Taking>> {
  const identities = new Map(observations.map(({ identity }) => [nameOf(identity), identity]));
  const pairs = [...identities.entries()].sort().map(([, { instance, key }]) => [instance, key]);
  await transaction('images')
    .insert(pairs.map(([instance, image_key]) => ({ instance, image_key })))
    .onConflict(['instance', 'image_key'])
    .ignore();
  // In one order everywhere: two transactions that wait for each other's rows would wait for ever.
  const rows: ImageRow[] = await transaction<ImageRow>('images')
    .whereIn(['instance', 'image_key'], pairs)
    .orderBy('id')
    .forUpdate();
  return new Map(
    rows.map((row) => [
      nameOf({ instance: row.instance, key: row.image_key }),
      {
        row,
        tracked: parseTrackedTag(parseJson(row.tracked)),
        live: row.live,
        inventory: row.inventory,
        lastMoveId: row.last_move_id,
      },
    ]),
  );
}

async function take(
  transaction: Knex.Transaction,
  image: Taking,
  observation: Observation,
): Promise<ImageMove[]> {
  const { source, observedAt, requestId, identity } = observation;
  const word = readWord(source === 'DescribeImage' ? image.live : image.inventory, identity, source);
  // Who asked earlier may be written later.
  if (word !== undefined && word.observedAt > observedAt) return [];
  if (source === 'DescribeImage') image.live = writeWord(observation);
  else {
    const live = readWord(image.live, identity, 'DescribeImage')?.digest;
    const hasChanged = word?.digest !== undefined && word.digest !== observation.digest;
    // The inventory went on since DescribeImage was asked: what that said then is no word on what the tag is now.
    if (hasChanged && live !== observation.digest) image.live = null;
    image.inventory = writeWord(observation);
  }
  const digest = normalizeDigest(observation.digest);
  if (digest === undefined) return [];
  await extendPeriod(transaction, image.row.id, { ...observation, digest });

  const { tag, move } = trackTag(image.tracked, { digest, source, observedAt });
  image.tracked = tag;
  if (move === undefined) return [];
  const id = moveId(identity, move);
  image.lastMoveId = id;
  const row = {
    id,
    image_id: image.row.id,
    from_digest: move.from,
    to_digest: move.to,
    observed_at: observedAt.getTime(),
    moved_back: move.movedBack,
    request_id: requestId ?? null,
  };
  const written = await transaction<MoveRow>('moves').insert(row).onConflict('id').ignore().returning('id');
  const unsaid = { announced_at: null, notified_at: null, claimed_by: null, claimed_until: null };
  return written.length === 0 ? [] : [readMove({ ...row, ...unsaid })];
}

/** Equal observations of one source in a row are one period. */
async function extendPeriod(
  transaction: Knex.Transaction,
  image_id: number,
  { source, digest, observedAt, requestId }: Observation & { readonly digest: string },
): Promise<void> {
  const at = observedAt.getTime();
  const last = await transaction<ObservationRow>('observations')
    .where({ image_id, source })
    .orderBy('last_seen_at', 'desc')
    .orderBy('id', 'desc')
    .first();
  if (last?.digest === digest)
    await transaction<ObservationRow>('observations')
      .where({ id: last.id })
      .update({
        last_seen_at: Math.max(at, Number(last.last_seen_at)),
        observations: last.observations + 1,
        request_id: requestId ?? null,
      });
  else
    await transaction('observations').insert({
      image_id,
      source,
      digest,
      first_seen_at: at,
      last_seen_at: at,
      observations: 1,
      request_id: requestId ?? null,
    });
}
