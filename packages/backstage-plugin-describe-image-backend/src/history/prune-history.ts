import type { Knex } from 'knex';

/**
 * Deletes periods and moves that ended before a time, and images that were due before it and that nobody looked at since: no entity
 * declares them any more. What an image is now stays, however long it has been so, and so does a move that nobody was told of.
 */
export async function pruneHistory(database: Knex, before: Date): Promise<void> {
  const time = before.getTime();
  await database.transaction(async (transaction) => {
    const gone = () =>
      transaction('images')
        .where('next_refresh_at', '>', 0)
        .where('next_refresh_at', '<', time)
        .whereNotIn('id', transaction('observations').where('last_seen_at', '>=', time).select('image_id'))
        .select('id');
    await transaction('observations').whereIn('image_id', gone()).delete();
    await transaction('moves').whereIn('image_id', gone()).delete();
    await transaction('images').whereIn('id', gone()).delete();

    const newest = transaction('observations').max('id').groupBy('image_id', 'source');
    await transaction('observations').where('last_seen_at', '<', time).whereNotIn('id', newest).delete();
    const shown = transaction('images').whereNotNull('last_move_id').select('last_move_id');
    await transaction('moves')
      .where('observed_at', '<', time)
      .whereNotNull('announced_at')
      .whereNotNull('notified_at')
      .whereNotIn('id', shown)
      .delete();
  });
}
