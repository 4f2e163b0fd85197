import { ValidationError } from '../errors/errors.ts';
import type { Image } from '../operations/image.ts';
import { type ImageDigest, normalizeDigest } from '../operations/image-digest.ts';
import type { Call, CallOptions } from '../protocol/operation.ts';
import type { ImageFilter } from './image-filter.ts';
import { type ImageListing, listImages } from './list-images.ts';

/** Every row that carries a digest. @public */
export interface TagsOfDigest {
  readonly digest: ImageDigest;
  /** Rows with this very digest, as Security Center last knew them. */
  readonly images: readonly Image[];
  /** Their tags, each once, in order of appearance. */
  readonly tags: readonly string[];
  /**
   * `criterion`: the service searched. `inventory`: it refused to search by digest, so every row was read and compared here.
   */
  readonly searchedBy: 'criterion' | 'inventory';
  readonly source: 'DescribeImageInstances';
  readonly inventoryChanged: boolean;
  readonly observedAt: Date;
  readonly requestIds: readonly (string | undefined)[];
  /** Host that answered. */
  readonly endpoint: string;
}

/** @throws {@link ValidationError} for a digest that is not 64 hex digits. */
export async function findTags(
  call: Call,
  digest: string,
  options: CallOptions & { readonly filter?: Omit<ImageFilter, 'digest'> | undefined } = {},
): Promise<TagsOfDigest> {
  const wanted = normalizeDigest(digest);
  if (wanted === undefined)
    throw new ValidationError('digest: wanted 64 hex digits, with or without sha256: before them');
  const { filter = {}, signal } = options;

  let searchedBy: TagsOfDigest['searchedBy'] = 'criterion';
  let listing: ImageListing;
  try {
    listing = await listImages(call, { ...filter, digest: wanted }, { signal }).all();
  } catch (error) {
    // A refused parameter from the service: the criterion is documented for a sibling operation only.
    if (!(ValidationError.isInstance(error) && error.code === 'Validation' && error.status !== undefined))
      throw error;
    searchedBy = 'inventory';
    listing = await listImages(call, filter, { signal }).all();
  }
  // Compared here in any case: criteria may match fuzzily, or be ignored.
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
