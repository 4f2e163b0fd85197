import type { ImageMove } from '@describe-image/backstage-plugin-describe-image-common';
import { failureSchema } from '@describe-image/backstage-plugin-describe-image-common';
import type { Knex } from 'knex';
import type { ImageIdentity } from './image-identity.ts';
import type { ImageStore, StoredImage } from './image-store.ts';
import { inChunks } from './in-chunks.ts';
import { readMove } from './read-move.ts';
import { recordObservations } from './record-observations.ts';
import type { ImageRow, MoveRow, ObservationRow } from './rows.ts';
import { parseJson, readWord } from './stored-word.ts';

/** Keeps images in Backstage's database, SQLite or Postgres. */
export function createImageStore({ database }: { readonly database: Knex }): ImageStore {
  return {
    record: (observations) => recordObservations(database, observations),
    async recordFailures(failures) {
      for (const chunk of inChunks(failures, 100))
        await database('images')
          .insert(
            chunk.map(({ identity, failure }) => ({
              instance: identity.instance,
              image_key: identity.key,
              failure: JSON.stringify(failure),
            })),
          )
          .onConflict(['instance', 'image_key'])
          .merge(['failure']);
    },
    async latest(identities) {
      const rows = await findImages(database, identities);
      const moves = await lastMoves(database, rows);
      return rows.map((row) => storedImage(row, moves.get(row.last_move_id ?? '')));
    },
    async history({ instance, key }, limit) {
      const image = await database<ImageRow>('images').where({ instance, image_key: key }).first('id');
      if (image === undefined) return { periods: [], moves: [] };
      const [periods, moves] = await Promise.all([
        database<ObservationRow>('observations')
          .where({ image_id: image.id })
          .orderBy('last_seen_at', 'desc')
          .orderBy('id', 'desc')
          .limit(limit),
        database<MoveRow>('moves').where({ image_id: image.id }).orderBy('observed_at', 'desc').limit(limit),
      ]);
      return {
        periods: periods.map((row) => ({
          digest: row.digest,
          source:
            row.source === 'DescribeImage' ? ('DescribeImage' as const) : ('DescribeImageInstances' as const),
          firstSeenAt: new Date(Number(row.first_seen_at)).toISOString(),
          lastSeenAt: new Date(Number(row.last_seen_at)).toISOString(),
          observations: row.observations,
          ...(row.request_id !== null && { requestId: row.request_id }),
        })),
        moves: moves.map(readMove),
      };
    },
  };
}

/** The rows of those images that are known. */
export async function findImages(
  database: Knex,
  identities: readonly ImageIdentity[],
): Promise<readonly ImageRow[]> {
  const rows: ImageRow[] = [];
  for (const chunk of inChunks(identities)) {
    const pairs = chunk.map(({ instance, key }) => [instance, key]);
    rows.push(...(await database<ImageRow>('images').whereIn(['instance', 'image_key'], pairs)));
  }
  return rows;
}

async function lastMoves(database: Knex, rows: readonly ImageRow[]): Promise<ReadonlyMap<string, ImageMove>> {
  const moves = new Map<string, ImageMove>();
  const ids = rows.flatMap(({ last_move_id }) => last_move_id ?? []);
  for (const chunk of inChunks(ids))
    for (const row of await database<MoveRow>('moves').whereIn('id', chunk)) moves.set(row.id, readMove(row));
  return moves;
}

function storedImage(row: ImageRow, lastMove: ImageMove | undefined): StoredImage {
  const identity = { instance: row.instance, key: row.image_key };
  const failure = failureSchema.safeParse(parseJson(row.failure));
  return {
    identity,
    live: readWord(row.live, identity, 'DescribeImage'),
    inventory: readWord(row.inventory, identity, 'DescribeImageInstances'),
    lastMove,
    failure: failure.success ? failure.data : undefined,
  };
}
