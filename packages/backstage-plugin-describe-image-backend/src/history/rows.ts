/** A row of the table `images`, as both databases give it. Times are epoch milliseconds; Postgres gives them as text. */
export interface ImageRow {
  readonly id: number;
  readonly instance: string;
  readonly image_key: string;
  readonly tracked: string | null;
  readonly live: string | null;
  readonly inventory: string | null;
  readonly failure: string | null;
  readonly last_move_id: string | null;
  readonly refresh_interval_ms: number | string | null;
  readonly next_refresh_at: number | string;
}

/** A row of `observations`. */
export interface ObservationRow {
  readonly id: number;
  readonly image_id: number;
  readonly source: string;
  readonly digest: string;
  readonly first_seen_at: number | string;
  readonly last_seen_at: number | string;
  readonly observations: number;
  readonly request_id: string | null;
}

/** A row of `moves`. */
export interface MoveRow {
  readonly id: string;
  readonly image_id: number;
  readonly from_digest: string;
  readonly to_digest: string;
  readonly observed_at: number | string;
  /** SQLite has no booleans. */
  readonly moved_back: boolean | number;
  readonly request_id: string | null;
  readonly announced_at: number | string | null;
  readonly notified_at: number | string | null;
  readonly claimed_by: string | null;
  readonly claimed_until: number | string | null;
}
