import {
  failureSchema,
  type HistoryPeriod,
  type ImageFailure,
  type ImageMove,
} from '@describe-image/backstage-plugin-describe-image-common';
import type { Knex } from 'knex';
import type { ImageIdentity } from './image-identity.ts';
import { type Observation, parseObservation } from './observation.ts';
import { type ImageObservation, type RecordedMoves, recordObservations } from './record-observations.ts';
import {
  findImages,
  findMoves,
  type ImageRow,
  inChunks,
  isoOf,
  type MoveRow,
  moveOf,
  type PeriodRow,
  parseJson,
} from './tables.ts';

/** The last known state of an image. */
export interface StoredImage {
  readonly identity: ImageIdentity;
  readonly live: Observation | undefined;
  readonly inventory: Observation | undefined;
  readonly lastMove: ImageMove | undefined;
  /** Set when the last call of DescribeImage failed. */
  readonly liveFailure: ImageFailure | undefined;
  /** Set when the inventory could not be read the last time, or lacks the image. */
  readonly inventoryFailure: ImageFailure | undefined;
}

/** A failed attempt to read an image from a source. */
export interface FailedLookUp {
  readonly identity: ImageIdentity;
  readonly source: Observation['source'];
  readonly failure: ImageFailure;
}

/** Observations, moves and failures in the database. */
export interface ImageStore {
  /**
   * Records observations in the order given, and the moves that result from them. Each hundred observations are one transaction, so that
   * an observation and its move are written together.
   */
  record(observations: readonly ImageObservation[]): Promise<RecordedMoves>;
  /** Records failures. Earlier observations are kept. */
  recordFailures(failures: readonly FailedLookUp[]): Promise<void>;
  /** Reads the last known states. Images without one are omitted. */
  latest(identities: readonly ImageIdentity[]): Promise<readonly StoredImage[]>;
  /** Reads periods and moves, newest first. */
  history(
    identity: ImageIdentity,
    limit: number,
  ): Promise<{ readonly periods: readonly HistoryPeriod[]; readonly moves: readonly ImageMove[] }>;
}

/** Creates the store on Backstage's database, SQLite or Postgres. */
export function createImageStore(database: Knex): ImageStore {
  return {
    record: (observations) => recordObservations(database, observations),
    async recordFailures(failures) {
      for (const source of ['DescribeImage', 'DescribeImageInstances'] as const) {
        const column = FAILURE_COLUMNS[source];
        const ofSource = failures.filter((failed) => failed.source === source);
        for (const chunk of inChunks(ofSource, 100))
          await database('images')
            .insert(
              chunk.map(({ identity, failure }) => ({
                instance: identity.instance,
                image_key: identity.key,
                [column]: JSON.stringify(failure),
              })),
            )
            .onConflict(['instance', 'image_key'])
            .merge([column]);
      }
    },
    async latest(identities) {
      const rows = await findImages(database, identities);
      const moves = await findMoves(
        database,
        rows.flatMap(({ last_move_id }) => last_move_id ?? []),
      );
      return rows.map((row) => storedImageOf(row, moves.get(row.last_move_id ?? '')));
    },
    async history({ instance, key }, limit) {
      const image = await database<ImageRow>('images').where({ instance, image_key: key }).first('id');
      if (image === undefined) return { periods: [], moves: [] };
      const [periods, moves] = await Promise.all([
        database<PeriodRow>('periods')
          .where({ image_id: image.id })
          .orderBy('last_seen_at', 'desc')
          .orderBy('id', 'desc')
          .limit(limit),
        database<MoveRow>('moves').where({ image_id: image.id }).orderBy('observed_at', 'desc').limit(limit),
      ]);
      return { periods: periods.map(periodOf), moves: moves.map(moveOf) };
    },
  };
}

const FAILURE_COLUMNS = {
  DescribeImage: 'live_failure',
  DescribeImageInstances: 'inventory_failure',
} as const;

function storedImageOf(row: ImageRow, lastMove: ImageMove | undefined): StoredImage {
  return {
    identity: { instance: row.instance, key: row.image_key },
    live: parseObservation(row.live_observation),
    inventory: parseObservation(row.inventory_observation),
    lastMove,
    liveFailure: failureSchema.safeParse(parseJson(row.live_failure)).data,
    inventoryFailure: failureSchema.safeParse(parseJson(row.inventory_failure)).data,
  };
}

function periodOf(row: PeriodRow): HistoryPeriod {
  return {
    digest: row.digest,
    source: row.source === 'DescribeImage' ? 'DescribeImage' : 'DescribeImageInstances',
    firstSeenAt: isoOf(row.first_seen_at),
    lastSeenAt: isoOf(row.last_seen_at),
    observations: row.observation_count,
    ...(row.request_id !== null && { requestId: row.request_id }),
  };
}
