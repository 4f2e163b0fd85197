import { AmbiguousError, NotFoundError } from '../errors/errors.ts';
import type { Image } from '../operations/image.ts';
import type { Call, CallOptions } from '../protocol/operation.ts';
import type { FoundImage } from './find-image.ts';
import type { ImageFilter } from './image-filter.ts';
import { type ImageReference, parseImageReference } from './image-reference.ts';
import { type ImageListing, listImages } from './list-images.ts';
import { type CandidateHints, selectCandidates } from './select-candidates.ts';

/** The inventory's row that a reference means. @public */
export interface LocatedImage extends FoundImage {
  readonly reference: ImageReference;
}

/**
 * The first half of resolving a reference, for callers that keep the inventory's answer longer than DescribeImage's.
 *
 * @throws ValidationError for a reference that is not one.
 * @throws NotFoundError when no row of the inventory fits.
 * @throws {@link AmbiguousError} when rows of several repositories fit.
 * @public
 */
export async function locateImage(
  call: Call,
  text: string,
  options: CallOptions & CandidateHints = {},
): Promise<LocatedImage> {
  const reference = parseImageReference(text);
  const listing = await listImages(call, searchFor(reference, options), { signal: options.signal }).all();
  const image = onlyCandidate(text, selectCandidates(listing.images, reference, options), listing);
  return { reference, image, listing };
}

/** What to ask the inventory for a reference. */
export function searchFor(
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

/** @throws NotFoundError for none, AmbiguousError for several. */
export function onlyCandidate(text: string, candidates: readonly Image[], listing: ImageListing): Image {
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
