import { ValidationError } from '../../errors/errors.ts';
import type { Image } from '../../operations/image.ts';
import { type ImageDigest, requireDigest } from '../../operations/image-digest.ts';
import type { Call, CallOptions } from '../../protocol/operation.ts';
import { withSharedTotal } from '../../protocol/retrying/call-limits.ts';
import type { ImageFilter } from './image-filter.ts';
import { type ImageListing, listImages } from './list-images.ts';

/** The rows and tags that have a digest. @public */
export interface TagsOfDigest {
  readonly digest: ImageDigest;
  /** The inventory rows with exactly this digest. */
  readonly images: readonly Image[];
  /** Their tags, without duplicates, in the order of the rows. */
  readonly tags: readonly string[];
  /**
   * `criterion`: the service searched by digest. `inventory`: the service rejected that search, so all rows were read and compared
   * here.
   */
  readonly searchedBy: 'criterion' | 'inventory';
  readonly source: 'DescribeImageInstances';
  readonly inventoryChanged: boolean;
  readonly observedAt: Date;
  readonly requestIds: readonly (string | undefined)[];
  /** Host that answered. */
  readonly endpoint: string;
}

/** How to search. @public */
export interface FindTagsOptions extends CallOptions {
  /** Narrows the search. */
  readonly filter?: Omit<ImageFilter, 'digest'> | undefined;
}

/**
 * All tags with a digest, from the inventory. A tag that was moved since Security Center last read it is still listed.
 *
 * @throws {@link ValidationError} for a digest that is not 64 hex digits; and whatever `call` throws.
 *
 * @example
 * ```ts
 * import { createClient } from '@describe-image/core';
 * import { findTags } from '@describe-image/core/images';
 *
 * const client = createClient({ credentials: { accessKeyId: 'testid', accessKeySecret: 'testsecret' } });
 * const { tags } = await findTags(client.call, `sha256:${'0'.repeat(64)}`, { filter: { repoName: 'api' } });
 * ```
 *
 * @public
 */
export async function findTags(
  call: Call,
  digest: string,
  options: FindTagsOptions = {},
): Promise<TagsOfDigest> {
  const wanted = requireDigest('digest', digest);
  const { filter: given, ...callOptions } = withSharedTotal(options);
  const filter = { ...given };

  let searchedBy: TagsOfDigest['searchedBy'] = 'criterion';
  let listing: ImageListing;
  try {
    listing = await listImages(call, { ...filter, digest: wanted }, callOptions).all();
  } catch (error) {
    // The service rejected the criterion, which is documented for another operation only.
    if (!(ValidationError.isInstance(error) && error.status !== undefined)) throw error;
    searchedBy = 'inventory';
    listing = await listImages(call, filter, callOptions).all();
  }
  // Compared here too, because the service can match fuzzily or ignore a criterion.
  const images = listing.images.filter((image) => image.digest === wanted);
  const { inventoryChanged, observedAt, requestIds, endpoint, source } = listing;
  const tags = [...new Set(images.flatMap(({ tag }) => tag ?? []))];
  return {
    digest: wanted,
    images,
    tags,
    searchedBy,
    source,
    inventoryChanged,
    observedAt,
    requestIds,
    endpoint,
  };
}
