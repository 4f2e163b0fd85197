import { NotFoundError } from '../errors/errors.ts';
import type { DescribeImageInput } from '../operations/describe-image.ts';
import type { Image } from '../operations/image.ts';
import type { Call, CallOptions } from '../protocol/operation.ts';
import { type ImageListing, listImages } from './list-images.ts';
import { newestOfEachTag } from './newest-of-each-tag.ts';

/** The inventory's row of a tag, and the listing it was found in. */
export interface FoundImage {
  readonly image: Image;
  readonly listing: ImageListing;
}

/** @throws {@link NotFoundError} when the inventory has no row with these four ids. */
export async function findImage(
  call: Call,
  ids: DescribeImageInput,
  { signal }: CallOptions = {},
): Promise<FoundImage> {
  const { imageRegionId, imageInstanceId, imageRepoId, imageTag } = ids;
  const filter = {
    regionId: imageRegionId,
    instanceId: imageInstanceId,
    repoId: imageRepoId,
    tag: imageTag,
  };
  const listing = await listImages(call, filter, { signal }).all();
  return { image: onlyRowOf(listing.images, ids, listing), listing };
}

/** The newest row with these ids. The service may match fuzzily: they are compared here. */
export function onlyRowOf(
  images: readonly Image[],
  { imageRegionId, imageInstanceId, imageRepoId, imageTag }: DescribeImageInput,
  listing: ImageListing,
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
  throw new NotFoundError(`${imageRepoId}:${imageTag}: no such image in Security Center's inventory`, {
    requestId: listing.requestIds.at(-1),
  });
}
