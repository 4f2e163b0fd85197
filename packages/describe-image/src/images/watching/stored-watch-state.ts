import { type ImageDigest, normalizeDigest } from '../../operations/image-digest.ts';
import { isObject } from '../../protocol/is-object.ts';
import type { EarlierDigest, TrackedTag } from './track-tag.ts';
import type { WatchedRisk, WatchedTag, WatchState } from './watch-state.ts';

/**
 * The compact form of a {@link WatchState}, about 130 bytes per tag. Plain JSON. Only {@link storeWatchState} and `parseWatchState`
 * know its content.
 *
 * @beta
 */
export interface StoredWatchState {
  readonly version: 3;
  readonly watching: string;
  /** The key of the tag at which the next poll starts with its live checks. */
  readonly nextLive?: string | undefined;
  /** The times that the tags refer to, from 1. */
  readonly times: readonly string[];
  /** The tags by the ids of their repository. */
  readonly repositories: Readonly<Record<string, readonly StoredTag[]>>;
}

type StoredTag = readonly unknown[];
/** No digest, the digest of the tag, or another one as hex digits. */
type StoredDigest = 0 | 1 | string;

const PREFIX = 'sha256:';

/**
 * Converts a state to its compact form.
 *
 * @example
 * ```ts
 * import { parseWatchState, storeWatchState, type WatchState } from '@describe-image/core/images';
 *
 * export const roundTrip = (state: WatchState): WatchState | undefined =>
 *   parseWatchState(JSON.parse(JSON.stringify(storeWatchState(state))));
 * ```
 *
 * @beta
 */
export function storeWatchState({ watching, nextLive, tags }: WatchState): StoredWatchState {
  const times = new Map<string, number>();
  const timeOf = (iso: string | undefined): number => {
    if (iso === undefined) return 0;
    const index = times.get(iso) ?? times.size + 1;
    times.set(iso, index);
    return index;
  };
  const repositories: Record<string, StoredTag[]> = {};
  for (const [key, tag] of Object.entries(tags)) {
    const [repository, name] = splitKey(key);
    repositories[repository] ??= [];
    repositories[repository].push(storeTag(name, tag, timeOf));
  }
  return {
    version: 3,
    watching,
    ...(nextLive !== undefined && { nextLive }),
    times: [...times.keys()],
    repositories,
  };
}

/** Parses the compact form. Returns `undefined` for anything else; a tag that is not readable is skipped. */
export function parseStoredWatchState(value: Readonly<Record<string, unknown>>): WatchState | undefined {
  const { watching, nextLive, times, repositories } = value;
  if (typeof watching !== 'string' || !Array.isArray(times) || !isObject(repositories)) return undefined;
  const timeAt = (index: unknown): string | undefined => {
    const time: unknown = typeof index === 'number' ? times[index - 1] : undefined;
    return typeof time === 'string' ? time : undefined;
  };
  const tags: Record<string, WatchedTag> = {};
  for (const [repository, entries] of Object.entries(repositories)) {
    if (!Array.isArray(entries)) continue;
    for (const entry of entries) {
      const tag = Array.isArray(entry) ? parseTag(entry, timeAt) : undefined;
      if (tag !== undefined) tags[joinKey(repository, entry[0])] = tag;
    }
  }
  return { version: 2, watching, nextLive: typeof nextLive === 'string' ? nextLive : undefined, tags };
}

function storeTag(name: unknown, tag: WatchedTag, timeOf: (iso: string | undefined) => number): StoredTag {
  const { digest, since, source, observations, earlier, scan, risk, seenAt } = tag;
  const digestOf = (other: ImageDigest | undefined): StoredDigest =>
    other === undefined ? 0 : other === digest ? 1 : hexOf(other);
  const { DescribeImage: live, DescribeImageInstances: inventory } = observations;
  const entry: unknown[] = [
    name,
    digest === undefined ? 0 : hexOf(digest),
    timeOf(since),
    timeOf(seenAt),
    source === undefined ? 0 : source === 'DescribeImage' ? 1 : 2,
    digestOf(inventory?.digest),
    timeOf(inventory?.observedAt),
    digestOf(live?.digest),
    timeOf(live?.observedAt),
    scan === undefined ? 0 : shortenScan(scan),
    risk === undefined
      ? 0
      : [risk.state === 'clean' ? 0 : 1, risk.vulnerabilities, risk.alerts, risk.baselineRisks],
    earlier.length === 0 ? 0 : earlier.map(({ digest: old, leftAt }) => [hexOf(old), leftAt]),
  ];
  // 0 stands for a missing value.
  while (entry.length > 1 && entry.at(-1) === 0) entry.pop();
  return entry;
}

function parseTag(
  entry: readonly unknown[],
  timeAt: (index: unknown) => string | undefined,
): WatchedTag | undefined {
  const [, hex, since, seen, source, inventory, inventoryAt, live, liveAt, scan, risk, earlier] = entry;
  const seenAt = timeAt(seen);
  if (seenAt === undefined) return undefined;
  const digest = digestFrom(hex);
  const observation = (
    name: keyof TrackedTag['observations'],
    stored: unknown,
    at: unknown,
  ): TrackedTag['observations'] => {
    const observed = stored === 1 ? digest : digestFrom(stored);
    const observedAt = timeAt(at);
    return observed === undefined || observedAt === undefined
      ? {}
      : { [name]: { digest: observed, observedAt } };
  };
  return {
    digest,
    since: timeAt(since),
    source: source === 1 ? 'DescribeImage' : source === 2 ? 'DescribeImageInstances' : undefined,
    observations: {
      ...observation('DescribeImage', live, liveAt),
      ...observation('DescribeImageInstances', inventory, inventoryAt),
    },
    earlier: Array.isArray(earlier) ? earlier.flatMap(parseEarlier) : [],
    scan: typeof scan === 'string' ? expandScan(scan) : undefined,
    risk: Array.isArray(risk) ? parseRisk(risk) : undefined,
    seenAt,
  };
}

function parseEarlier(value: unknown): readonly EarlierDigest[] {
  const [hex, leftAt]: readonly unknown[] = Array.isArray(value) ? value : [];
  const digest = digestFrom(hex);
  return digest !== undefined && typeof leftAt === 'string' ? [{ digest, leftAt }] : [];
}

function parseRisk([state, ...counts]: readonly unknown[]): WatchedRisk {
  const [vulnerabilities, alerts, baselineRisks] = counts.map((count) =>
    Number.isSafeInteger(count) ? Number(count) : undefined,
  );
  return { state: state === 0 ? 'clean' : 'risky', vulnerabilities, alerts, baselineRisks };
}

/** `SUCCESS 2026-01-05T10:10:10.000Z` with the time as a number to the base 36. */
function shortenScan(scan: string): string {
  const [, status, iso = ''] = /^(\w*) (\S*)$/.exec(scan) ?? [];
  const time = Date.parse(iso);
  const short = `${status} ${time.toString(36)}`;
  return expandScan(short) === scan ? short : `=${scan}`;
}

function expandScan(short: string): string {
  if (short.startsWith('=')) return short.slice(1);
  const [status, time = ''] = short.split(' ');
  const date = new Date(Number.parseInt(time, 36));
  return `${status} ${Number.isNaN(date.getTime()) ? '' : date.toISOString()}`;
}

function hexOf(digest: ImageDigest): string {
  return digest.slice(PREFIX.length);
}

function digestFrom(hex: unknown): ImageDigest | undefined {
  return typeof hex === 'string' ? normalizeDigest(hex) : undefined;
}

/** A key is the JSON of the ids of the repository and the tag. */
function splitKey(key: string): [repository: string, tag: unknown] {
  const parts: unknown = JSON.parse(key);
  if (!Array.isArray(parts)) return ['', key];
  return [JSON.stringify(parts.slice(0, -1)), parts.at(-1)];
}

function joinKey(repository: string, tag: unknown): string {
  if (repository === '') return String(tag);
  return `${repository.slice(0, -1)},${JSON.stringify(tag)}]`;
}
