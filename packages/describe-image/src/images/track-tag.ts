import { type ImageDigest, normalizeDigest } from '../operations/image-digest.ts';
import { isObject } from '../protocol/is-object.ts';
import { MAX_EARLIER, type Observation } from './compare-observation.ts';
import { parseEarlier } from './watch-state.ts';

type Source = Observation['source'];

/** What is remembered of a tag that both sources speak of, each in its own time. Plain JSON. @public */
export interface TrackedTag {
  /** What the tag is taken to be. */
  readonly digest?: ImageDigest | undefined;
  /** ISO time at which that was first seen. */
  readonly since?: string | undefined;
  /** The source that said so; the inventory once it agrees. */
  readonly by?: Source | undefined;
  /** The last word of each source, and its ISO time. */
  readonly words: { readonly [Name in Source]?: { readonly digest: ImageDigest; readonly at: string } };
  /** Digests before, oldest first, with the ISO times at which they were left. At most eight. */
  readonly earlier: readonly { readonly digest: ImageDigest; readonly leftAt: string }[];
}

/** A tag was pointed at another digest. @public */
export interface TagMove {
  readonly from: ImageDigest;
  readonly to: ImageDigest;
  /** ISO time since when the old digest had been seen. */
  readonly fromSince: string | undefined;
  readonly observedAt: Date;
  /** The tag had pointed to the new digest before. */
  readonly movedBack: boolean;
}

/**
 * Takes in what one source said of a tag, and tells whether the tag moved. The inventory follows DescribeImage with a delay: a move
 * that one source told is no news from the other, and an inventory that still names a digest which DescribeImage saw left is late,
 * not moved back. An answer older than the source's last is none.
 *
 * @example
 * ```ts
 * import { trackTag } from '@describe-image/core/images';
 *
 * const digest = `sha256:${'0'.repeat(64)}` as const;
 * const { tag, move } = trackTag(undefined, { digest, source: 'DescribeImage', observedAt: new Date() });
 * console.log(tag.digest, move); // the digest, and undefined: what is seen first did not move
 * ```
 *
 * @public
 */
export function trackTag(
  known: TrackedTag | undefined,
  { digest, source, observedAt }: Pick<Observation, 'digest' | 'source' | 'observedAt'>,
): { readonly tag: TrackedTag; readonly move: TagMove | undefined } {
  const before: TrackedTag = known ?? { words: {}, earlier: [] };
  const at = observedAt.toISOString();
  const last = before.words[source];
  if (digest === undefined || (last !== undefined && last.at > at)) return { tag: before, move: undefined };
  const words = { ...before.words, [source]: { digest, at } };
  if (before.digest === undefined)
    return { tag: { ...before, words, digest, since: at, by: source }, move: undefined };
  if (digest === before.digest) {
    const by = source === 'DescribeImageInstances' ? source : before.by;
    return { tag: { ...before, words, by }, move: undefined };
  }
  const earlier = [...before.earlier, { digest: before.digest, leftAt: at }].slice(-MAX_EARLIER);
  // The first word of a source contradicts the other's, and says nothing of when the tag moved. DescribeImage's is the newer one.
  if (last === undefined)
    return source === 'DescribeImage'
      ? { tag: { words, digest, since: at, by: source, earlier }, move: undefined }
      : { tag: { ...before, words }, move: undefined };
  const was = before.earlier.findLast((earlier) => earlier.digest === digest);
  const isLate =
    last.digest === digest ||
    (source === 'DescribeImageInstances' && before.by === 'DescribeImage' && was !== undefined);
  if (isLate) return { tag: { ...before, words }, move: undefined };
  return {
    tag: { words, digest, since: at, by: source, earlier },
    move: {
      from: before.digest,
      to: digest,
      fromSince: before.since,
      observedAt,
      movedBack: was !== undefined,
    },
  };
}

/** Reads a kept tag; `undefined` for what is none. @public */
export function parseTrackedTag(value: unknown): TrackedTag | undefined {
  if (!isObject(value) || !isObject(value['words']) || !Array.isArray(value['earlier'])) return undefined;
  const { since, by, words, earlier } = value;
  const word = (name: Source) => {
    const { digest, at } = isObject(words[name]) ? words[name] : {};
    const normalized = normalizeDigest(digest);
    return normalized !== undefined && typeof at === 'string' ? { [name]: { digest: normalized, at } } : {};
  };
  return {
    digest: normalizeDigest(value['digest']),
    since: typeof since === 'string' ? since : undefined,
    by: by === 'DescribeImage' || by === 'DescribeImageInstances' ? by : undefined,
    words: { ...word('DescribeImage'), ...word('DescribeImageInstances') },
    earlier: earlier.flatMap(parseEarlier),
  };
}
