import type { Knex } from 'knex';

/** Deletes periods and moves that ended before a time; what an image is now stays, however long it has been so. */
export async function pruneHistory(database: Knex, before: Date): Promise<number> {
  const time = before.getTime();
  const newest = database('observations').max('id').groupBy('image_id', 'source');
  const periods = await database('observations')
    .where('last_seen_at', '<', time)
    .whereNotIn('id', newest)
    .delete();
  const shown = database('images').whereNotNull('last_move_id').select('last_move_id');
  const moves = await database('moves').where('observed_at', '<', time).whereNotIn('id', shown).delete();
  return periods + moves;
}
