import type { TrackedTag } from './track-tag.ts';

/** What a watcher stores about one tag. Plain JSON. @beta */
export interface WatchedTag extends TrackedTag {
  /** Identifies the last finished scan. */
  readonly scan?: string | undefined;
  /** The counts of the last scan with a result. */
  readonly risk?: WatchedRisk | undefined;
  /** ISO time of the last observation. */
  readonly seenAt: string;
}

/** The result of a scan. @beta */
export interface WatchedRisk {
  readonly state: 'clean' | 'risky';
  readonly vulnerabilities?: number | undefined;
  readonly alerts?: number | undefined;
  readonly baselineRisks?: number | undefined;
}

/** What a watcher stores between two polls. Plain JSON, so that any host can store it. @beta */
export interface WatchState {
  /** The version of this format. */
  readonly version: 2;
  /** Identifies what is watched. */
  readonly watching: string;
  /** The key of the tag at which the next poll starts with its live checks. */
  readonly nextLive?: string | undefined;
  readonly tags: Readonly<Record<string, WatchedTag>>;
}
