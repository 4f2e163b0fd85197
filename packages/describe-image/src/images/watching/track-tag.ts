import { type ImageDigest, normalizeDigest } from '../../operations/image-digest.ts';
import { isObject } from '../../protocol/is-object.ts';
import type { Observation } from '../digests/digest-status.ts';

type Source = Observation['source'];

/** A digest that a tag had earlier, and the ISO time at which it got another. @beta */
export interface EarlierDigest {
  readonly digest: ImageDigest;
  readonly leftAt: string;
}

/** The history of a tag's digest, from both sources. Plain JSON. @beta */
export interface TrackedTag {
  /** The digest that the tag has. */
  readonly digest?: ImageDigest | undefined;
  /** ISO time at which that digest was first observed. */
  readonly since?: string | undefined;
  /** The source of that digest; the inventory as soon as it has the same. */
  readonly source?: Source | undefined;
  /** The last observation of each source, with its ISO time. */
  readonly observations: {
    readonly [Name in Source]?: { readonly digest: ImageDigest; readonly observedAt: string };
  };
  /** The previous digests, oldest first, at most eight. */
  readonly earlier: readonly EarlierDigest[];
}

/** A change of a tag's digest. @beta */
export interface TagMove {
  readonly from: ImageDigest;
  readonly to: ImageDigest;
  /** ISO time since which the old digest was observed. */
  readonly fromSince: string | undefined;
  readonly observedAt: Date;
  /** Whether the tag had the new digest before. */
  readonly movedBack: boolean;
  /** ISO time at which the tag last lost the new digest, if it had it before. */
  readonly leftAt: string | undefined;
}

/** Limits the size of the stored history. */
const MAX_EARLIER = 8;
const UNKNOWN_TAG: TrackedTag = { observations: {}, earlier: [] };

/**
 * Adds one source's observation to a tag's history, and returns the move, if there is one. The inventory follows DescribeImage with a
 * delay:
 *
 * - A move that one source has reported is not reported again by the other.
 * - An inventory that still has a digest which DescribeImage saw replaced is late, not moved back.
 * - A digest that is new to the inventory is a move, even after DescribeImage answered: DescribeImage may not have been asked since.
 * - The first observation of a source is not a move; DescribeImage's replaces the inventory's digest.
 * - An observation that is older than the last of its source is ignored.
 *
 * @example
 * ```ts
 * import { trackTag } from '@describe-image/core/images';
 *
 * const digest = `sha256:${'0'.repeat(64)}` as const;
 * const { tag, move } = trackTag(undefined, { digest, source: 'DescribeImage', observedAt: new Date() });
 * console.log(tag.digest, move); // the digest, and undefined: the first observation is not a move
 * ```
 *
 * @beta
 */
export function trackTag(
  known: TrackedTag | undefined,
  observation: Pick<Observation, 'digest' | 'source' | 'observedAt'>,
): { readonly tag: TrackedTag; readonly move: TagMove | undefined } {
  const before = known ?? UNKNOWN_TAG;
  const { digest, source, observedAt } = observation;
  const at = observedAt.toISOString();
  const last = before.observations[source];
  if (digest === undefined || (last !== undefined && last.observedAt > at))
    return { tag: before, move: undefined };
  const tag = recordObservation(before, observation);
  if (before.digest === undefined) return { tag: { ...tag, digest, since: at, source }, move: undefined };
  if (digest === before.digest) return { tag, move: undefined };

  const isFirstOfSource = last === undefined;
  if (isFirstOfSource && source === 'DescribeImageInstances') return { tag, move: undefined };
  const previous = before.earlier.findLast((earlier) => earlier.digest === digest);
  const isLate =
    last?.digest === digest ||
    (source === 'DescribeImageInstances' && before.source === 'DescribeImage' && previous !== undefined);
  if (isLate) return { tag, move: undefined };
  const earlier = [...before.earlier, { digest: before.digest, leftAt: at }].slice(-MAX_EARLIER);
  const moved = { ...tag, digest, since: at, source, earlier };
  if (isFirstOfSource) return { tag: moved, move: undefined };
  const move = {
    from: before.digest,
    to: digest,
    fromSince: before.since,
    observedAt,
    movedBack: previous !== undefined,
    leftAt: previous?.leftAt,
  };
  return { tag: moved, move };
}

/**
 * Adds what both sources answered at one time. If DescribeImage returned a digest, the inventory's digest is recorded without a move,
 * so that it is not reported as one if DescribeImage does not answer the next time.
 */
export function trackObserved(
  known: TrackedTag | undefined,
  inventory: Observation,
  live: Observation | undefined,
): { readonly tag: TrackedTag; readonly move: TagMove | undefined } {
  if (live?.digest === undefined) return trackTag(known, inventory);
  const before = recordObservation(known ?? UNKNOWN_TAG, inventory);
  const { tag, move } = trackTag(before, live);
  return { tag: recordObservation(tag, inventory), move };
}

/** Stores an observation without a decision about the tag, except that an inventory with the same digest confirms it. */
function recordObservation(
  tag: TrackedTag,
  { digest, source, observedAt }: Pick<Observation, 'digest' | 'source' | 'observedAt'>,
): TrackedTag {
  if (digest === undefined) return tag;
  const observations = { ...tag.observations, [source]: { digest, observedAt: observedAt.toISOString() } };
  const confirms = source === 'DescribeImageInstances' && digest === tag.digest;
  return { ...tag, observations, ...(confirms && { source }) };
}

/**
 * Parses a stored tag.
 *
 * @returns `undefined` for anything else, also for the format of an earlier version. The history then starts empty.
 * @beta
 */
export function parseTrackedTag(value: unknown): TrackedTag | undefined {
  if (!isObject(value)) return undefined;
  const { since, source, observations, earlier } = value;
  if (!isObject(observations) || !Array.isArray(earlier)) return undefined;
  return {
    digest: normalizeDigest(value['digest']),
    since: typeof since === 'string' ? since : undefined,
    source: source === 'DescribeImage' || source === 'DescribeImageInstances' ? source : undefined,
    observations: {
      ...parseObservation('DescribeImage', observations),
      ...parseObservation('DescribeImageInstances', observations),
    },
    earlier: earlier.flatMap(parseEarlier),
  };
}

function parseObservation(
  source: Source,
  observations: Readonly<Record<string, unknown>>,
): TrackedTag['observations'] {
  const entry = observations[source];
  const { digest, observedAt } = isObject(entry) ? entry : {};
  const normalized = normalizeDigest(digest);
  return normalized !== undefined && typeof observedAt === 'string'
    ? { [source]: { digest: normalized, observedAt } }
    : {};
}

function parseEarlier(value: unknown): readonly EarlierDigest[] {
  if (!isObject(value)) return [];
  const digest = normalizeDigest(value['digest']);
  const { leftAt } = value;
  return digest !== undefined && typeof leftAt === 'string' ? [{ digest, leftAt }] : [];
}
