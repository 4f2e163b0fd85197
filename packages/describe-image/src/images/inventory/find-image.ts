import { AmbiguousError, NotFoundError } from '../../errors/errors.ts';
import type { DescribeImageInput } from '../../operations/describe-image.ts';
import type { Image } from '../../operations/image.ts';
import type { Call, CallOptions } from '../../protocol/operation.ts';
import { type ImageReference, parseImageReference } from '../references/image-reference.ts';
import type { ImageFilter } from './image-filter.ts';
import { type ImageListing, listImages } from './list-images.ts';
import { newestOfEachTag } from './newest-rows.ts';
import { type CandidateHints, differencesOf, selectCandidates } from './select-candidates.ts';

/** The inventory row of a tag, and the list that contained it. @public */
export interface FoundImage {
  readonly image: Image;
  readonly listing: ImageListing;
}

/** The inventory row of a reference. @public */
export interface LocatedImage extends FoundImage {
  readonly reference: ImageReference;
}

/**
 * The inventory row with these four ids.
 *
 * @throws {@link NotFoundError} if the inventory has no row with these ids; and whatever `call` throws.
 *
 * @example
 * ```ts
 * import { createClient } from '@describe-image/core';
 * import { findImage } from '@describe-image/core/images';
 *
 * const client = createClient({ credentials: { accessKeyId: 'testid', accessKeySecret: 'testsecret' } });
 * const ids = { imageRegionId: 'cn-hangzhou', imageInstanceId: 'cri-1', imageRepoId: 'crr-1', imageTag: '1.8.0' };
 * const { image } = await findImage(client.call, ids);
 * console.log(image.scaStatus);
 * ```
 *
 * @public
 */
export async function findImage(
  call: Call,
  ids: DescribeImageInput,
  options: CallOptions = {},
): Promise<FoundImage> {
  const { imageRegionId, imageInstanceId, imageRepoId, imageTag } = ids;
  const wanted = { imageRegionId, imageInstanceId, imageRepoId, imageTag };
  const filter = {
    regionId: imageRegionId,
    instanceId: imageInstanceId,
    repoId: imageRepoId,
    tag: imageTag,
  };
  const listing = await listImages(call, filter, options).all();
  return { image: rowWithIds(listing.images, wanted, listing), listing };
}

/** The newest row with these ids. The service can match fuzzily, so the ids are compared here. */
export function rowWithIds(
  images: readonly Image[],
  { imageRegionId, imageInstanceId, imageRepoId, imageTag }: DescribeImageInput,
  { requestIds, endpoint, attempts }: ImageListing,
): Image {
  const exact = images.filter(
    ({ regionId, instanceId, repoId, tag }) =>
      regionId === imageRegionId &&
      instanceId === imageInstanceId &&
      repoId === imageRepoId &&
      tag === imageTag,
  );
  const [image] = newestOfEachTag(exact);
  if (image !== undefined) return image;
  const message = `${imageRepoId}:${imageTag}: no such image in the inventory of Security Center`;
  throw Object.assign(new NotFoundError(message, { requestId: requestIds.at(-1) }), { endpoint, attempts });
}

/**
 * The inventory row of a reference.
 *
 * @throws ValidationError for a text that is not a reference.
 * @throws {@link NotFoundError} if no row of the inventory matches.
 * @throws {@link AmbiguousError} if rows of several repositories match; and whatever `call` throws.
 *
 * @example
 * ```ts
 * import { createClient } from '@describe-image/core';
 * import { locateImage } from '@describe-image/core/images';
 *
 * const client = createClient({ credentials: { accessKeyId: 'testid', accessKeySecret: 'testsecret' } });
 * const { image } = await locateImage(client.call, 'shop/api:1.8.0', { regionId: 'cn-hangzhou' });
 * console.log(image.repoId);
 * ```
 *
 * @public
 */
export async function locateImage(
  call: Call,
  text: string,
  options: CallOptions & CandidateHints = {},
): Promise<LocatedImage> {
  const reference = parseImageReference(text);
  const { regionId, instanceId, repoId } = options;
  const hints = { regionId, instanceId, repoId };
  const listing = await listImages(call, filterFor(reference, hints), options).all();
  const image = onlyCandidate({ text, reference, hints, rows: listing.images }, listing);
  return { reference, image, listing };
}

/** The conditions of the inventory request for a reference. */
export function filterFor(
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

/** A reference and the rows to compare it with. */
export interface CandidateSearch {
  readonly text: string;
  readonly reference: ImageReference;
  readonly hints: CandidateHints;
  readonly rows: readonly Image[];
}

/** @throws NotFoundError for no candidate, AmbiguousError for several. */
export function onlyCandidate(search: CandidateSearch, listing: ImageListing): Image {
  const { text, reference, hints, rows } = search;
  const candidates = selectCandidates(rows, reference, hints);
  const [image, another] = candidates;
  if (image !== undefined && another === undefined) return image;
  const { endpoint, attempts, requestIds } = listing;
  const requestId = requestIds.at(-1);
  const error =
    image === undefined
      ? new NotFoundError(
          `${text}: no such image in the inventory of Security Center${describeNearest(search)}`,
          { requestId },
        )
      : new AmbiguousError(`${text}: matches ${candidates.length} images`, { requestId, candidates });
  throw Object.assign(error, { endpoint, attempts });
}

/** A clause with the similar row that has the fewest differences. */
function describeNearest({ reference, hints, rows }: CandidateSearch): string {
  const similar = rows.map((row) => ({ row, differences: differencesOf(row, reference, hints) }));
  similar.sort((a, b) => a.differences.length - b.differences.length);
  const [nearest] = similar;
  if (nearest === undefined) return '';
  const { repoNamespace, repoName, tag, regionId } = nearest.row;
  const name = `${[repoNamespace, repoName].filter(Boolean).join('/')}:${tag}`;
  const which =
    similar.length === 1 ? `similar row ${name}` : `nearest of ${similar.length} similar rows, ${name}`;
  const comma = similar.length === 1 ? '' : ',';
  return `; the ${which} in ${regionId ?? 'an unknown region'}${comma} has the ${nearest.differences.join(' and the ')}`;
}
