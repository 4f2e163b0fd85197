import { type ImageDigest, normalizeDigest } from '../operations/image-digest.ts';
import { isObject } from '../protocol/is-object.ts';

/** What was last known of a tag: enough to tell what is new, in plain JSON. */
export interface WatchedTag {
  readonly digest?: ImageDigest | undefined;
  readonly digestSource?: 'DescribeImage' | 'DescribeImageInstances' | undefined;
  /** ISO time at which this digest was first seen here. */
  readonly digestSince?: string | undefined;
  /** Digests before that, oldest first, with the ISO times at which they were left. */
  readonly earlier: readonly { readonly digest: ImageDigest; readonly leftAt: string }[];
  /** Names the last finished scan. */
  readonly scan?: string | undefined;
  /** The last verdict: what the counts were when it was known. */
  readonly risk?: WatchedRisk | undefined;
  /** ISO time of the last observation. */
  readonly seenAt: string;
}

export interface WatchedRisk {
  readonly state: 'clean' | 'risky';
  readonly vulnerabilities?: number | undefined;
  readonly alerts?: number | undefined;
  readonly baselineRisks?: number | undefined;
}

/** What a watcher remembers between two looks. Plain JSON, so that any host can keep it. @public */
export interface WatchState {
  /** What was being watched. Another text begins anew. */
  readonly watching: string;
  readonly tags: Readonly<Record<string, WatchedTag>>;
}

/** Reads a kept state; `undefined` for what is none, so that the watcher begins anew. @public */
export function parseWatchState(value: unknown): WatchState | undefined {
  if (!isObject(value) || typeof value['watching'] !== 'string' || !isObject(value['tags'])) return undefined;
  const tags: Record<string, WatchedTag> = {};
  for (const [key, entry] of Object.entries(value['tags'])) {
    const tag = parseTag(entry);
    if (tag !== undefined) tags[key] = tag;
  }
  return { watching: value['watching'], tags };
}

function parseTag(value: unknown): WatchedTag | undefined {
  if (!isObject(value) || typeof value['seenAt'] !== 'string') return undefined;
  const { digestSource, digestSince, scan, earlier } = value;
  return {
    digest: normalizeDigest(value['digest']),
    digestSource:
      digestSource === 'DescribeImage' || digestSource === 'DescribeImageInstances'
        ? digestSource
        : undefined,
    digestSince: typeof digestSince === 'string' ? digestSince : undefined,
    earlier: Array.isArray(earlier) ? earlier.flatMap(parseEarlier) : [],
    scan: typeof scan === 'string' ? scan : undefined,
    risk: parseRisk(value['risk']),
    seenAt: value['seenAt'],
  };
}

/** A digest that a tag left, and when. */
export function parseEarlier(value: unknown): WatchedTag['earlier'] {
  if (!isObject(value)) return [];
  const digest = normalizeDigest(value['digest']);
  const { leftAt } = value;
  return digest !== undefined && typeof leftAt === 'string' ? [{ digest, leftAt }] : [];
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
