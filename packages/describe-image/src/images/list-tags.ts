import { AmbiguousError, NotFoundError } from '../errors/errors.ts';
import type { DescribeImageInput } from '../operations/describe-image.ts';
import type { Image } from '../operations/image.ts';
import type { Call, CallOptions } from '../protocol/operation.ts';
import { parseImageReference } from './image-reference.ts';
import { type ImageListing, listImages } from './list-images.ts';
import { searchFor } from './locate-image.ts';
import { newestOfEachTag } from './newest-of-each-tag.ts';
import { selectRepository } from './select-candidates.ts';

/** The tags of one repository, as the inventory has them. @public */
export interface TagList {
  /** One row a tag. */
  readonly images: readonly Image[];
  readonly listing: ImageListing;
}

/**
 * All tags of the repository that a reference, or four ids, belong to. The tag itself does not matter.
 *
 * @throws ValidationError for a reference that is not one.
 * @throws {@link NotFoundError} when the inventory has no row of the repository.
 * @throws {@link AmbiguousError} when several repositories fit.
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
  { signal }: CallOptions = {},
): Promise<TagList> {
  const { listing, rows } = await rowsOf(call, target, signal);
  const requestId = listing.requestIds.at(-1);
  const [first] = rows;
  const name = typeof target === 'string' ? target : `${target.imageRepoId}:${target.imageTag}`;
  if (first === undefined)
    throw new NotFoundError(`${name}: no image of this repository is in Security Center's inventory`, {
      requestId,
    });
  const repositories = new Map(rows.map((row) => [repositoryKey(row), row]));
  if (repositories.size > 1)
    throw new AmbiguousError(`${name}: ${repositories.size} repositories fit`, {
      requestId,
      candidates: [...repositories.values()],
    });
  return { images: newestOfEachTag(rows), listing };
}

async function rowsOf(
  call: Call,
  target: string | DescribeImageInput,
  signal: AbortSignal | undefined,
): Promise<{ readonly listing: ImageListing; readonly rows: readonly Image[] }> {
  if (typeof target === 'string') {
    const reference = parseImageReference(target);
    const filter = { ...searchFor(reference, {}), tag: undefined };
    const listing = await listImages(call, filter, { signal }).all();
    return { listing, rows: selectRepository(listing.images, reference, {}) };
  }
  const { imageRegionId: regionId, imageInstanceId: instanceId, imageRepoId: repoId } = target;
  const listing = await listImages(call, { regionId, instanceId, repoId }, { signal }).all();
  // The service may match fuzzily: the ids are compared here.
  const rows = listing.images.filter(
    (row) => row.regionId === regionId && row.instanceId === instanceId && row.repoId === repoId,
  );
  return { listing, rows };
}

function repositoryKey({ regionId, instanceId, repoId, repoNamespace, repoName }: Image): string {
  return JSON.stringify([regionId, instanceId, repoId ?? [repoNamespace, repoName]]);
}
