import { AmbiguousError } from '../errors/ambiguous-error.ts';
import { DescribeImageError } from '../errors/describe-image-error.ts';
import { NotFoundError } from '../errors/not-found-error.ts';
import type { DescribeImageInput } from '../operations/describe-image.ts';
import type { Image } from '../operations/image.ts';
import type { ImageDigest } from '../operations/image-digest.ts';
import type { Call, CallOptions } from '../protocol/operation.ts';
import { describeImage } from './describe-image.ts';
import type { ImageFilter } from './image-filter.ts';
import { type ImageReference, parseImageReference } from './image-reference.ts';
import { type ImageListing, listImages } from './list-images.ts';
import { type CandidateHints, selectCandidates } from './select-candidates.ts';

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
  const reference = parseImageReference(text);
  const listing = await listImages(call, searchFor(reference, options), { signal: options.signal }).all();
  const image = onlyCandidate(text, selectCandidates(listing.images, reference, options), listing);
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

function searchFor(
  { registry, namespace, repository, tag }: ImageReference,
  hints: CandidateHints,
): ImageFilter {
  return {
    repoName: repository,
    repoNamespace: namespace || undefined,
    tag,
    regionId: hints.regionId ?? registry?.regionId,
    instanceId: hints.instanceId ?? registry?.instanceId,
    repoId: hints.repoId,
  };
}

function onlyCandidate(text: string, candidates: readonly Image[], listing: ImageListing): Image {
  const [image, another] = candidates;
  if (image !== undefined && another === undefined) return image;
  const requestId = listing.requestIds.at(-1);
  const { endpoint, attempts } = listing;
  const error =
    image === undefined
      ? new NotFoundError(`${text}: no such image in Security Center's inventory${examined(listing)}`, {
          requestId,
        })
      : new AmbiguousError(`${text}: ${candidates.length} images fit`, { requestId, candidates });
  throw Object.assign(error, { endpoint, attempts });
}

function examined({ images: { length } }: ImageListing): string {
  return length === 0 ? '' : ` (${length} similar row${length === 1 ? ' does' : 's do'} not fit)`;
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

/** Rows of other registries carry ids that DescribeImage is not documented to take. */
function describableIds({ regionId, instanceId, repoId, tag }: Image): DescribeImageInput | undefined {
  if (!regionId || !tag || !instanceId?.startsWith('cri-') || !repoId?.startsWith('crr-')) return undefined;
  return { imageRegionId: regionId, imageInstanceId: instanceId, imageRepoId: repoId, imageTag: tag };
}
