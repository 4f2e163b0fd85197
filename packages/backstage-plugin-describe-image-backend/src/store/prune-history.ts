import type { Knex } from 'knex';
import { type ImageIdentity, nameOf } from './image-identity.ts';
import { type ImageRow, inChunks } from './tables.ts';

/**
 * Deletes periods and moves that ended before a time, and images that no entity declares any more and that were not observed since that
 * time. Keeps the current period and the last move of each declared image. Also deletes dead letters.
 *
 * @param declared - The images that entities declare now.
 */
export async function pruneHistory(
  database: Knex,
  before: Date,
  declared: readonly ImageIdentity[],
): Promise<void> {
  const time = before.getTime();
  const undeclared = await undeclaredImages(database, time, new Set(declared.map(nameOf)));
  await database.transaction(async (transaction) => {
    for (const ids of inChunks(undeclared)) {
      await transaction('periods').whereIn('image_id', ids).delete();
      await transaction('moves').whereIn('image_id', ids).delete();
      await transaction('images').whereIn('id', ids).delete();
    }

    const current = transaction('periods').max('id').groupBy('image_id', 'source');
    await transaction('periods').where('last_seen_at', '<', time).whereNotIn('id', current).delete();
    const lastMoves = transaction('images').whereNotNull('last_move_id').select('last_move_id');
    await transaction('moves').where('observed_at', '<', time).whereNotIn('id', lastMoves).delete();
    await transaction('deliveries').where('dead_at', '<', time).delete();
  });
}

/** Without the refresh, `next_refresh_at` is 0, so it does not show whether an image is declared. */
async function undeclaredImages(
  database: Knex,
  time: number,
  declared: ReadonlySet<string>,
): Promise<readonly number[]> {
  const rows: Pick<ImageRow, 'id' | 'instance' | 'image_key'>[] = await database<ImageRow>('images')
    .where('next_refresh_at', '<', time)
    .whereNotIn('id', database('periods').where('last_seen_at', '>=', time).select('image_id'))
    .select('id', 'instance', 'image_key');
  return rows
    .filter(({ instance, image_key }) => !declared.has(nameOf({ instance, key: image_key })))
    .map(({ id }) => id);
}
