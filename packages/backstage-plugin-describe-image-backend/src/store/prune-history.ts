import type { Knex } from 'knex';

/**
 * Deletes periods and moves that ended before a time, and images that no entity declares any more: those were due for a refresh before
 * that time and have not been observed since. Keeps the current period and the last move of each image, and all unreported moves.
 */
export async function pruneHistory(database: Knex, before: Date): Promise<void> {
  const time = before.getTime();
  await database.transaction(async (transaction) => {
    const undeclared = () =>
      transaction('images')
        .where('next_refresh_at', '>', 0)
        .where('next_refresh_at', '<', time)
        .whereNotIn('id', transaction('periods').where('last_seen_at', '>=', time).select('image_id'))
        .select('id');
    await transaction('periods').whereIn('image_id', undeclared()).delete();
    await transaction('moves').whereIn('image_id', undeclared()).delete();
    await transaction('images').whereIn('id', undeclared()).delete();

    const current = transaction('periods').max('id').groupBy('image_id', 'source');
    await transaction('periods').where('last_seen_at', '<', time).whereNotIn('id', current).delete();
    const lastMoves = transaction('images').whereNotNull('last_move_id').select('last_move_id');
    await transaction('moves')
      .where('observed_at', '<', time)
      .whereNotNull('published_at')
      .whereNotNull('notified_at')
      .whereNotIn('id', lastMoves)
      .delete();
  });
}
