import type { DescribeImageInput } from '../operations/describe-image.ts';
import type { Image } from '../operations/image.ts';
import { type FoundImage, onlyRowOf } from './find-image.ts';
import { parseImageReference } from './image-reference.ts';
import type { ImageListing } from './list-images.ts';
import { type LocatedImage, onlyCandidate } from './locate-image.ts';
import { type CandidateHints, selectCandidates } from './select-candidates.ts';

/** Many look-ups in one listing. @public */
export interface ListingIndex {
  /** As {@link locateImage}, without asking. */
  locate(reference: string, hints?: CandidateHints): LocatedImage;
  /** As {@link findImage}, without asking. */
  find(ids: DescribeImageInput): FoundImage;
}

/**
 * Answers many references, or ids, from one listing that holds all of their rows: a host that knows thousands of images reads the
 * inventory's pages once.
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
 * @public
 */
export function indexListing(listing: ImageListing): ListingIndex {
  const byName = group(listing.images, ({ repoName }) => repoName);
  const byRepoId = group(listing.images, ({ repoId }) => repoId);
  return {
    locate(text, hints = {}) {
      const reference = parseImageReference(text);
      const candidates = selectCandidates(byName.get(reference.repository) ?? [], reference, hints);
      return { reference, image: onlyCandidate(text, candidates, listing), listing };
    },
    find: (ids) => ({ image: onlyRowOf(byRepoId.get(ids.imageRepoId) ?? [], ids, listing), listing }),
  };
}

/** `Map.groupBy`, which Node 20 does not have. */
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
