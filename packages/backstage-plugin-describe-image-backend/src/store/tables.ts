import { type DatabaseService, resolvePackagePath } from '@backstage/backend-plugin-api';
import type { ImageMove } from '@describe-image/backstage-plugin-describe-image-common';
import type { Knex } from 'knex';
import type { ImageIdentity } from './image-identity.ts';

/** A row of `images`. Times are epoch milliseconds, which Postgres returns as text. */
export interface ImageRow {
  readonly id: number;
  readonly instance: string;
  readonly image_key: string;
  readonly tracked_tag: string | null;
  readonly live_observation: string | null;
  readonly inventory_observation: string | null;
  readonly live_failure: string | null;
  readonly inventory_failure: string | null;
  readonly live_ids: string | null;
  readonly live_checked_at: number | string | null;
  readonly live_check_not_before: number | string;
  readonly live_check_weight: number;
  readonly declared_at: number | string | null;
  readonly watched_scan: string | null;
  readonly last_move_id: string | null;
  readonly refresh_interval_ms: number | string | null;
  readonly next_refresh_at: number | string;
}

/** A row of `periods`: consecutive observations of one source with the same digest. */
export interface PeriodRow {
  readonly id: number;
  readonly image_id: number;
  readonly source: string;
  readonly digest: string;
  readonly first_seen_at: number | string;
  readonly last_seen_at: number | string;
  readonly observation_count: number;
  readonly request_id: string | null;
}

/** A row of `moves`. */
export interface MoveRow {
  readonly id: string;
  readonly image_id: number;
  readonly from_digest: string;
  readonly to_digest: string;
  readonly observed_at: number | string;
  /** A number in SQLite, which has no booleans. */
  readonly moved_back: boolean | number;
  readonly request_id: string | null;
}

/** knex's names of the drivers that the queries and migrations are tested with. */
const CLIENTS = ['better-sqlite3', 'pg'];

/**
 * Applies pending migrations, unless the administrator has turned migrations off.
 *
 * @throws when the database is neither SQLite nor PostgreSQL.
 */
export async function migrate(database: DatabaseService): Promise<void> {
  const knex = await database.getClient();
  const { driverName } = knex.client;
  if (!CLIENTS.includes(driverName))
    throw new Error(
      `describe-image: backend.database.client must be ${CLIENTS.join(' or ')}, got ${driverName}. ` +
        'Set backend.database.plugin.describe-image.client to one of them',
    );
  if (database.migrations?.skip) return;
  const directory = resolvePackagePath(
    '@describe-image/backstage-plugin-describe-image-backend',
    'migrations',
  );
  await knex.migrate.latest({ directory });
}

/** Stays below the number of variables that SQLite allows in one statement, with two variables per row. */
const MAX_CHUNK = 400;

/** Splits a list into chunks that fit into one statement each. */
export function* inChunks<Item>(
  items: readonly Item[],
  size: number = MAX_CHUNK,
): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

/** Reads the rows of the images. Images without a row are omitted. */
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

/** Reads the moves with these ids, by id. */
export async function findMoves(
  database: Knex,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ImageMove>> {
  const moves = new Map<string, ImageMove>();
  for (const chunk of inChunks(ids))
    for (const row of await database<MoveRow>('moves').whereIn('id', chunk)) moves.set(row.id, moveOf(row));
  return moves;
}

export function moveOf(
  row: Pick<MoveRow, 'id' | 'from_digest' | 'to_digest' | 'observed_at' | 'moved_back' | 'request_id'>,
): ImageMove {
  return {
    id: row.id,
    from: row.from_digest,
    to: row.to_digest,
    observedAt: isoOf(row.observed_at),
    movedBack: Boolean(row.moved_back),
    ...(row.request_id !== null && { requestId: row.request_id }),
  };
}

export function isoOf(time: number | string): string {
  return new Date(Number(time)).toISOString();
}

/** Parses a text column. Returns `undefined` for null and for invalid JSON. */
export function parseJson(text: string | null): unknown {
  if (text === null) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
