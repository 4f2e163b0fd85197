import { randomUUID } from 'node:crypto';
import type { ImageMove } from '@describe-image/backstage-plugin-describe-image-common';
import type { Knex } from 'knex';
import type { ImageIdentity } from '../store/image-identity.ts';
import { type ImageRow, type MoveRow, moveOf } from '../store/tables.ts';

/** A recorded move that is not completely reported. */
export interface UnreportedMove {
  readonly identity: ImageIdentity;
  readonly move: ImageMove;
  readonly observedAt: Date;
  readonly isPublished: boolean;
  readonly isNotified: boolean;
}

/** Recorded moves until they are reported. */
export interface MoveOutbox {
  /** Claims unreported moves for this back end. Another back end can claim them when the claim expires. */
  claim(now: number): Promise<readonly UnreportedMove[]>;
  /** Records that event and signal were published. */
  setPublished(id: string, now: number): Promise<void>;
  /** Records that the owners were notified. */
  setNotified(id: string, now: number): Promise<void>;
}

/** Long enough to report a hundred moves, short enough to report soon the moves that a stopped back end had claimed. */
const CLAIM_MS = 60_000;
const MAX_CLAIMED = 100;

/** Creates the outbox on the table `moves`. */
export function createMoveOutbox(database: Knex): MoveOutbox {
  return {
    async claim(now) {
      const claimed_by = randomUUID();
      const unclaimed = (query: Knex.QueryBuilder) =>
        query
          .where((unreported) => unreported.whereNull('published_at').orWhereNull('notified_at'))
          .where((claim) => claim.whereNull('claimed_until').orWhere('claimed_until', '<', now));
      const ids = await unclaimed(database<MoveRow>('moves'))
        .orderBy('observed_at')
        .limit(MAX_CLAIMED)
        .pluck('id');
      if (ids.length === 0) return [];
      // Repeats the condition, because another back end can have claimed moves in between.
      await unclaimed(database('moves').whereIn('id', ids)).update({
        claimed_by,
        claimed_until: now + CLAIM_MS,
      });
      const rows: (MoveRow & Pick<ImageRow, 'instance' | 'image_key'>)[] = await database('moves')
        .join('images', 'images.id', 'moves.image_id')
        .where({ claimed_by })
        .orderBy('observed_at')
        .select('moves.*', 'images.instance', 'images.image_key');
      return rows.map((row) => ({
        identity: { instance: row.instance, key: row.image_key },
        move: moveOf(row),
        observedAt: new Date(Number(row.observed_at)),
        isPublished: row.published_at !== null,
        isNotified: row.notified_at !== null,
      }));
    },
    async setPublished(id, now) {
      await database('moves').where({ id }).update({ published_at: now });
    },
    async setNotified(id, now) {
      await database('moves').where({ id }).update({ notified_at: now });
    },
  };
}
