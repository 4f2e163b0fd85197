import type { Knex } from 'knex';
import { findImages } from '../history/create-image-store.ts';
import { type ImageIdentity, nameOf } from '../history/image-identity.ts';
import { inChunks } from '../history/in-chunks.ts';

/** When an image is to be looked at again. */
export interface Schedule {
  readonly identity: ImageIdentity;
  readonly intervalMs: number;
  readonly nextAt: number;
}

/** Which images are due, and when they will be again. */
export interface ScheduleStore {
  /** Those of the given images whose time has come, with the pause before; an image never seen is due. */
  due(
    identities: readonly ImageIdentity[],
    now: number,
  ): Promise<readonly { readonly identity: ImageIdentity; readonly intervalMs: number | undefined }[]>;
  plan(schedules: readonly Schedule[]): Promise<void>;
}

export function createScheduleStore(database: Knex): ScheduleStore {
  return {
    async due(identities, now) {
      const rows = await findImages(database, identities);
      const known = new Map(rows.map((row) => [nameOf({ instance: row.instance, key: row.image_key }), row]));
      return identities.flatMap((identity) => {
        const row = known.get(nameOf(identity));
        if (row === undefined) return [{ identity, intervalMs: undefined }];
        const intervalMs = row.refresh_interval_ms === null ? undefined : Number(row.refresh_interval_ms);
        return Number(row.next_refresh_at) <= now ? [{ identity, intervalMs }] : [];
      });
    },
    async plan(schedules) {
      for (const chunk of inChunks(schedules, 100))
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
