import type { DescribeImageInput } from '../../operations/describe-image.ts';
import type { Image } from '../../operations/image.ts';
import { parseImageReference } from '../references/image-reference.ts';
import { type FoundImage, type LocatedImage, onlyCandidate, rowWithIds } from './find-image.ts';
import type { ImageListing } from './list-images.ts';
import type { CandidateHints } from './select-candidates.ts';

/** Look-ups in one list, without requests. @internal */
export interface ListingIndex {
  /** Like {@link locateImage}, from the list. */
  locate(reference: string, hints?: CandidateHints): LocatedImage;
  /** Like {@link findImage}, from the list. */
  find(ids: DescribeImageInput): FoundImage;
}

/**
 * Finds the rows of many references or ids in one list, so that a host with thousands of images reads the inventory once. The list
 * must contain all of their rows.
 *
 * @example
 * ```ts
 * import { createClient } from '@describe-image/core';
 * import { indexListing, listImages } from '@describe-image/core/images';
 *
 * const client = createClient({ credentials: { accessKeyId: 'testid', accessKeySecret: 'testsecret' } });
 * const index = indexListing(await listImages(client.call).all());
 * console.log(index.locate('shop/api:1.8.0').image.digest);
 * ```
 *
 * @internal
 */
export function indexListing(listing: ImageListing): ListingIndex {
  const byName = group(listing.images, ({ repoName }) => repoName);
  const byRepoId = group(listing.images, ({ repoId }) => repoId);
  return {
    locate(text, hints = {}) {
      const reference = parseImageReference(text);
      const rows = byName.get(reference.repository) ?? [];
      return { reference, image: onlyCandidate({ text, reference, hints, rows }, listing), listing };
    },
    find: (ids) => ({ image: rowWithIds(byRepoId.get(ids.imageRepoId) ?? [], ids, listing), listing }),
  };
}

// Node 20 does not have Map.groupBy.
function group(
  images: readonly Image[],
  nameOf: (image: Image) => string | undefined,
): ReadonlyMap<string | undefined, readonly Image[]> {
  const groups = new Map<string | undefined, Image[]>();
  for (const image of images) {
    const name = nameOf(image);
    const known = groups.get(name);
    if (known === undefined) groups.set(name, [image]);
    else known.push(image);
  }
  return groups;
}
