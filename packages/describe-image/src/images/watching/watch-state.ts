import { isObject } from '../../protocol/is-object.ts';
import { parseTrackedTag, type TrackedTag } from './track-tag.ts';

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
  readonly tags: Readonly<Record<string, WatchedTag>>;
}

/**
 * Parses a stored state.
 *
 * @returns `undefined` for anything else, also for the format of an earlier version. The next poll is then a first poll.
 * @beta
 */
export function parseWatchState(value: unknown): WatchState | undefined {
  if (!isObject(value) || value['version'] !== 2) return undefined;
  const { watching, tags: entries } = value;
  if (typeof watching !== 'string' || !isObject(entries)) return undefined;
  const tags: Record<string, WatchedTag> = {};
  for (const [key, entry] of Object.entries(entries)) {
    const tag = parseWatchedTag(entry);
    if (tag !== undefined) tags[key] = tag;
  }
  return { version: 2, watching, tags };
}

function parseWatchedTag(value: unknown): WatchedTag | undefined {
  const tracked = parseTrackedTag(value);
  if (tracked === undefined || !isObject(value) || typeof value['seenAt'] !== 'string') return undefined;
  const { scan, seenAt } = value;
  return {
    ...tracked,
    scan: typeof scan === 'string' ? scan : undefined,
    risk: parseRisk(value['risk']),
    seenAt,
  };
}

function parseRisk(value: unknown): WatchedRisk | undefined {
  if (!isObject(value)) return undefined;
  const { state, vulnerabilities, alerts, baselineRisks } = value;
  if (state !== 'clean' && state !== 'risky') return undefined;
  const count = (field: unknown): number | undefined =>
    Number.isSafeInteger(field) ? Number(field) : undefined;
  return {
    state,
    vulnerabilities: count(vulnerabilities),
    alerts: count(alerts),
    baselineRisks: count(baselineRisks),
  };
}
