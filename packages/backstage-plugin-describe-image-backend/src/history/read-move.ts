import type { ImageMove } from '@describe-image/backstage-plugin-describe-image-common';
import type { MoveRow } from './rows.ts';

/** A move as it is told. */
export function readMove(row: MoveRow): ImageMove {
  return {
    id: row.id,
    from: row.from_digest,
    to: row.to_digest,
    observedAt: new Date(Number(row.observed_at)).toISOString(),
    movedBack: Boolean(row.moved_back),
    ...(row.request_id !== null && { requestId: row.request_id }),
  };
}
