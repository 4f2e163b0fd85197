import { isObject } from '../../protocol/is-object.ts';
import { parseStoredWatchState } from './stored-watch-state.ts';
import { parseTrackedTag } from './track-tag.ts';
import type { WatchedRisk, WatchedTag, WatchState } from './watch-state.ts';

/**
 * Parses a stored state, also in the compact form of `storeWatchState`.
 *
 * @returns `undefined` for anything else, also for the format of an earlier version. The next poll is then a first poll.
 * @beta
 */
export function parseWatchState(value: unknown): WatchState | undefined {
  if (!isObject(value)) return undefined;
  if (value['version'] === 3) return parseStoredWatchState(value);
  if (value['version'] !== 2) return undefined;
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
