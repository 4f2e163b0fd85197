import type { Knex } from 'knex';
import { type ImageIdentity, nameOf } from '../store/image-identity.ts';
import { findImages, inChunks } from '../store/tables.ts';

/** The next refresh of an image. */
export interface PlannedRefresh {
  readonly identity: ImageIdentity;
  readonly intervalMs: number;
  /** Epoch milliseconds. */
  readonly nextAt: number;
}

/** An image whose refresh is due. */
interface DueImage {
  readonly identity: ImageIdentity;
  /** The last interval. Absent for an image that was never refreshed. */
  readonly intervalMs: number | undefined;
}

/** The times of the next refreshes in the database. */
export interface ScheduleStore {
  /** Returns the images that are due. An image that was never refreshed is due. */
  due(identities: readonly ImageIdentity[], now: number): Promise<readonly DueImage[]>;
  plan(refreshes: readonly PlannedRefresh[]): Promise<void>;
}

/** Creates the schedule on the table `images`. */
export function createScheduleStore(database: Knex): ScheduleStore {
  return {
    async due(identities, now) {
      const rows = await findImages(database, identities);
      const byName = new Map(
        rows.map((row) => [nameOf({ instance: row.instance, key: row.image_key }), row]),
      );
      return identities.flatMap((identity) => {
        const row = byName.get(nameOf(identity));
        if (row === undefined) return [{ identity, intervalMs: undefined }];
        const intervalMs = row.refresh_interval_ms === null ? undefined : Number(row.refresh_interval_ms);
        return Number(row.next_refresh_at) <= now ? [{ identity, intervalMs }] : [];
      });
    },
    async plan(refreshes) {
      for (const chunk of inChunks(refreshes, 100))
        await database('images')
          .insert(
            chunk.map(({ identity, intervalMs, nextAt }) => ({
              instance: identity.instance,
              image_key: identity.key,
              refresh_interval_ms: Math.round(intervalMs),
              next_refresh_at: Math.round(nextAt),
            })),
          )
          .onConflict(['instance', 'image_key'])
          .merge(['refresh_interval_ms', 'next_refresh_at']);
    },
  };
}

/** Bounds of the interval between two refreshes of an image, in milliseconds. */
export interface RefreshInterval {
  readonly shortestMs: number;
  readonly longestMs: number;
}

/** The result of a refresh for an image. */
export type RefreshOutcome = 'moved' | 'unchanged' | 'failed';

const GROWTH: Readonly<Record<RefreshOutcome, number>> = { moved: 0, unchanged: 1.5, failed: 2 };

/**
 * The interval until the next refresh: the shortest after a move, longer after each refresh without change, longer still after a failure.
 * A jitter of ten percent spreads out images that were declared at the same time.
 */
export function nextInterval(
  outcome: RefreshOutcome,
  lastMs: number | undefined,
  { shortestMs, longestMs }: RefreshInterval,
  random: () => number,
): number {
  const grownMs = (lastMs ?? shortestMs / 1.5) * GROWTH[outcome];
  return Math.min(longestMs, Math.max(shortestMs, grownMs)) * (0.9 + 0.2 * random());
}
