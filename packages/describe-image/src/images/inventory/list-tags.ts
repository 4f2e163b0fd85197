import { AmbiguousError, NotFoundError } from '../../errors/errors.ts';
import type { DescribeImageInput } from '../../operations/describe-image.ts';
import type { Image } from '../../operations/image.ts';
import type { Call, CallOptions } from '../../protocol/operation.ts';
import { parseImageReference } from '../references/image-reference.ts';
import { filterFor } from './find-image.ts';
import { type ImageListing, listImages } from './list-images.ts';
import { newestOfEachRepository, newestOfEachTag } from './newest-rows.ts';
import { type CandidateHints, selectRepository } from './select-candidates.ts';

/** The tags of one repository in the inventory. @public */
export interface TagList {
  /** One row per tag. */
  readonly images: readonly Image[];
  readonly listing: ImageListing;
}

/**
 * All tags of the repository of a reference or of four ids. The tag of the reference or the ids is ignored. Hints select one of several
 * repositories that match a reference.
 *
 * @throws ValidationError for a text that is not a reference.
 * @throws {@link NotFoundError} if the inventory has no row of the repository.
 * @throws {@link AmbiguousError} if several repositories match; and whatever `call` throws.
 *
 * @example
 * ```ts
 * import { createClient } from '@describe-image/core';
 * import { listTags } from '@describe-image/core/images';
 *
 * const client = createClient({ credentials: { accessKeyId: 'testid', accessKeySecret: 'testsecret' } });
 * const { images } = await listTags(client.call, 'acme-registry.cn-hangzhou.cr.aliyuncs.com/shop/checkout:1.4.2');
 * console.log(images.map(({ tag }) => tag));
 * ```
 *
 * @public
 */
export async function listTags(
  call: Call,
  target: string | DescribeImageInput,
  options: CallOptions & CandidateHints = {},
): Promise<TagList> {
  const name = typeof target === 'string' ? target : `${target.imageRepoId}:${target.imageTag}`;
  const { listing, rows } = await rowsOf(call, target, options);
  const { endpoint, attempts, requestIds } = listing;
  const requestId = requestIds.at(-1);
  const candidates = newestOfEachRepository(rows);
  if (candidates.length === 0) {
    const message = `${name}: no image of this repository in the inventory of Security Center`;
    throw Object.assign(new NotFoundError(message, { requestId }), { endpoint, attempts });
  }
  if (candidates.length > 1) {
    const message = `${name}: matches ${candidates.length} repositories`;
    throw Object.assign(new AmbiguousError(message, { requestId, candidates }), { endpoint, attempts });
  }
  return { images: newestOfEachTag(rows), listing };
}

async function rowsOf(
  call: Call,
  target: string | DescribeImageInput,
  { regionId, instanceId, repoId, ...options }: CallOptions & CandidateHints,
): Promise<{ readonly listing: ImageListing; readonly rows: readonly Image[] }> {
  if (typeof target === 'string') {
    const reference = parseImageReference(target);
    const hints = { regionId, instanceId, repoId };
    const filter = { ...filterFor(reference, hints), tag: undefined };
    const listing = await listImages(call, filter, options).all();
    return { listing, rows: selectRepository(listing.images, reference, hints) };
  }
  const { imageRegionId, imageInstanceId, imageRepoId } = target;
  const ids = { regionId: imageRegionId, instanceId: imageInstanceId, repoId: imageRepoId };
  const listing = await listImages(call, ids, options).all();
  // The service can match fuzzily, so the ids are compared here.
  const rows = listing.images.filter(
    (row) =>
      row.regionId === imageRegionId && row.instanceId === imageInstanceId && row.repoId === imageRepoId,
  );
  return { listing, rows };
}
