import { randomUUID } from 'node:crypto';
import type { ImageMove } from '@describe-image/backstage-plugin-describe-image-common';
import type { Knex } from 'knex';
import type { ImageIdentity } from '../history/image-identity.ts';
import { readMove } from '../history/read-move.ts';
import type { ImageRow, MoveRow } from '../history/rows.ts';

/** A move that somebody has to be told of. */
export interface UntoldMove {
  readonly identity: ImageIdentity;
  readonly move: ImageMove;
  readonly isAnnounced: boolean;
  readonly isNotified: boolean;
}

/** Moves between being written and being told. */
export interface MoveOutbox {
  /** Takes untold moves for this back end; they are free again when the claim runs out without an end. */
  claim(now: number): Promise<readonly UntoldMove[]>;
  /** Event and signal are out. */
  announced(id: string, now: number): Promise<void>;
  /** The owners know, or nobody is left to tell. */
  notified(id: string, now: number): Promise<void>;
}

/** Long enough to tell a hundred moves, short enough that the moves of a back end that died are not old news. */
const CLAIM_MS = 60_000;
const AT_ONCE = 100;

export function createMoveOutbox(database: Knex): MoveOutbox {
  return {
    async claim(now) {
      const claimed_by = randomUUID();
      const free = (query: Knex.QueryBuilder) =>
        query
          .where((untold) => untold.whereNull('announced_at').orWhereNull('notified_at'))
          .where((claim) => claim.whereNull('claimed_until').orWhere('claimed_until', '<', now));
      const ids = await free(database<MoveRow>('moves')).orderBy('observed_at').limit(AT_ONCE).pluck('id');
      if (ids.length === 0) return [];
      // Asked again in the very statement that takes them: another back end may have been faster.
      await free(database('moves').whereIn('id', ids)).update({ claimed_by, claimed_until: now + CLAIM_MS });
      const rows: (MoveRow & Pick<ImageRow, 'instance' | 'image_key'>)[] = await database('moves')
        .join('images', 'images.id', 'moves.image_id')
        .where({ claimed_by })
        .orderBy('observed_at')
        .select('moves.*', 'images.instance', 'images.image_key');
      return rows.map((row) => ({
        identity: { instance: row.instance, key: row.image_key },
        move: readMove(row),
        isAnnounced: row.announced_at !== null,
        isNotified: row.notified_at !== null,
      }));
    },
    async announced(id, now) {
      await database('moves').where({ id }).update({ announced_at: now });
    },
    async notified(id, now) {
      await database('moves').where({ id }).update({ notified_at: now });
    },
  };
}
