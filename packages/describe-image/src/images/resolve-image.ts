import { DescribeImageError, NotFoundError } from '../errors/errors.ts';
import type { Image } from '../operations/image.ts';
import type { ImageDigest } from '../operations/image-digest.ts';
import type { Call, CallOptions } from '../protocol/operation.ts';
import { describableIds } from './describable-ids.ts';
import { describeImage } from './describe-image.ts';
import type { ImageReference } from './image-reference.ts';
import { locateImage } from './locate-image.ts';
import type { CandidateHints } from './select-candidates.ts';

/** One statement of what an image's digest is. */
export interface DigestSource {
  /** `reference`: what the caller wrote after @. */
  readonly source: 'reference' | 'DescribeImageInstances' | 'DescribeImage';
  readonly digest: ImageDigest;
  /** When the answer arrived. Absent for the reference. */
  readonly observedAt?: Date | undefined;
  readonly requestId?: string | undefined;
}

/** Why DescribeImage was not asked, or had nothing to say. */
export type LiveCheck = 'answered' | 'no-digest' | 'ids-not-of-container-registry' | 'reference-names-no-tag';

/** What a reference turned out to be. @public */
export interface ResolvedImage {
  readonly reference: ImageReference;
  /** DescribeImage's where it answered, else the inventory's. */
  readonly digest: ImageDigest;
  /** Which of {@link ResolvedImage.sources} the digest is from. */
  readonly source: 'DescribeImage' | 'DescribeImageInstances';
  readonly observedAt: Date;
  readonly requestId: string | undefined;
  /** Host that answered. */
  readonly endpoint: string;
  /** Requests that it took, those to the inventory included. */
  readonly attempts: number;
  /** Every source that named a digest, the reference's own included. */
  readonly sources: readonly DigestSource[];
  /** Whether they all name the same. `undefined` where only one spoke. */
  readonly sourcesAgree: boolean | undefined;
  readonly liveCheck: LiveCheck;
  /** The row of the inventory. Its digest and scan are what Security Center last knew. */
  readonly image: Image;
}

/** Narrows what a reference can mean, where its text does not. @public */
export interface ResolveImageOptions extends CallOptions, CandidateHints {}

/**
 * @throws ValidationError for a reference that is not one.
 * @throws NotFoundError when no row of the inventory fits, or none that fits has a digest.
 * @throws {@link AmbiguousError} when rows of several repositories fit.
 */
export async function resolveImage(
  call: Call,
  text: string,
  options: ResolveImageOptions = {},
): Promise<ResolvedImage> {
  const { reference, image, listing } = await locateImage(call, text, options);
  const { live, liveCheck, liveAttempts } = await askLive(call, reference, image, options);

  const requestId = listing.requestIds.at(-1);
  const { endpoint } = listing;
  const attempts = listing.attempts + liveAttempts;
  const sources: DigestSource[] = [];
  if (reference.digest !== undefined) sources.push({ source: 'reference', digest: reference.digest });
  if (image.digest !== undefined)
    sources.push({ source: listing.source, digest: image.digest, observedAt: listing.observedAt, requestId });
  if (live !== undefined) sources.push(live);

  const chosen = sources.at(-1);
  if (chosen === undefined || chosen.source === 'reference')
    throw Object.assign(
      new NotFoundError(
        `${text}: the image is in the inventory, but neither it nor DescribeImage gives a digest`,
        { requestId },
      ),
      { endpoint, attempts },
    );
  return {
    reference,
    digest: chosen.digest,
    source: chosen.source,
    observedAt: chosen.observedAt ?? listing.observedAt,
    requestId: chosen.requestId,
    endpoint,
    attempts,
    sources,
    sourcesAgree: sources.length < 2 ? undefined : sources.every(({ digest }) => digest === chosen.digest),
    liveCheck,
    image,
  };
}

async function askLive(
  call: Call,
  reference: ImageReference,
  image: Image,
  { signal }: CallOptions,
): Promise<{ readonly live?: DigestSource; readonly liveCheck: LiveCheck; readonly liveAttempts: number }> {
  if (reference.tag === undefined) return { liveCheck: 'reference-names-no-tag', liveAttempts: 0 };
  const input = describableIds(image);
  if (input === undefined) return { liveCheck: 'ids-not-of-container-registry', liveAttempts: 0 };
  try {
    const { attempts, digest, source, observedAt, requestId } = await describeImage(call, input, { signal });
    return {
      live: { source, digest, observedAt, requestId },
      liveCheck: 'answered',
      liveAttempts: attempts,
    };
  } catch (error) {
    // The inventory's answer stands. Every other failure is the caller's to see: a digest that could not be checked is not checked.
    if (DescribeImageError.isInstance(error) && error.code === 'NotFound')
      return { liveCheck: 'no-digest', liveAttempts: error.attempts };
    throw error;
  }
}
