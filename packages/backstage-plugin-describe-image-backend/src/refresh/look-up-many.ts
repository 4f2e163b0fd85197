import type { DeclaredImage } from '@describe-image/backstage-plugin-describe-image-common';
import type { Call } from '@describe-image/core';
import {
  type ImageFilter,
  type ImageListing,
  type ImagePage,
  indexListing,
  listImages,
  parseImageReference,
} from '@describe-image/core/images';
import type { Observation } from '../store/observation.ts';

/** The inventory's observation of an image, or the error of its look-up. */
export type LookUpResult =
  | { readonly image: DeclaredImage; readonly observation: Observation }
  | { readonly image: DeclaredImage; readonly error: unknown };

const PAGE_SIZE = 100;
/** A repository can take several pages, so listing by repository must save at least this factor. */
const MIN_SAVING = 4;

/**
 * Looks up many images in the inventory with few calls. Lists the whole inventory, or the repositories of the images when those are far
 * fewer than the pages that the first page announces.
 */
export async function lookUpMany(
  call: Call,
  images: readonly DeclaredImage[],
  signal?: AbortSignal,
): Promise<readonly LookUpResult[]> {
  const groups = groupByRepository(images);
  const pages: ImagePage[] = [];
  try {
    for await (const page of listImages(call, {}, { pageSize: PAGE_SIZE, signal }).pages()) {
      pages.push(page);
      const pagesLeft = (page.totalCount ?? 0) / Math.max(1, page.images.length) - 1;
      if (page.currentPage === 1 && groups.length * MIN_SAVING <= pagesLeft)
        return await lookUpByRepository(call, groups, signal);
    }
    return findAll(pages, images);
  } catch (error) {
    return images.map((image) => ({ image, error }));
  }
}

/** A failure affects only the images of its repository. */
async function lookUpByRepository(
  call: Call,
  groups: readonly (readonly [ImageFilter, readonly DeclaredImage[]])[],
  signal: AbortSignal | undefined,
): Promise<readonly LookUpResult[]> {
  const results: LookUpResult[] = [];
  for (const [filter, images] of groups) {
    try {
      const pages: ImagePage[] = [];
      for await (const page of listImages(call, filter, { pageSize: PAGE_SIZE, signal }).pages())
        pages.push(page);
      results.push(...findAll(pages, images));
    } catch (error) {
      results.push(...images.map((image) => ({ image, error })));
    }
  }
  return results;
}

function findAll(pages: readonly ImagePage[], images: readonly DeclaredImage[]): LookUpResult[] {
  const index = indexListing(listingOf(pages));
  const pageOf = new Map(pages.flatMap((page) => page.images.map((row) => [row, page] as const)));
  return images.map((image) => {
    try {
      const { target } = image;
      const { image: row, listing } = typeof target === 'string' ? index.locate(target) : index.find(target);
      // With a rate limit, pages can be minutes apart, so each row has the time of its own page.
      const page = pageOf.get(row);
      const { observedAt } = page ?? listing;
      const { source } = listing;
      const observation = { source, digest: row.digest, observedAt, requestId: page?.requestId, row };
      return { image, observation };
    } catch (error) {
      return { image, error };
    }
  });
}

function listingOf(pages: readonly ImagePage[]): ImageListing {
  const last = pages.at(-1);
  return {
    images: pages.flatMap(({ images }) => images),
    totalCount: last?.totalCount,
    inventoryChanged: last?.inventoryChanged ?? false,
    requestIds: pages.map(({ requestId }) => requestId),
    endpoint: last?.endpoint ?? '',
    attempts: pages.reduce((sum, { attempts }) => sum + attempts, 0),
    source: 'DescribeImageInstances',
    observedAt: last?.observedAt ?? new Date(Number.NaN),
  };
}

function groupByRepository(
  images: readonly DeclaredImage[],
): readonly (readonly [ImageFilter, readonly DeclaredImage[]])[] {
  const groups = new Map<string, [ImageFilter, DeclaredImage[]]>();
  for (const image of images) {
    const filter = repositoryFilter(image);
    const name = JSON.stringify(filter);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [filter, [image]]);
    else group[1].push(image);
  }
  return [...groups.values()];
}

function repositoryFilter({ target }: DeclaredImage): ImageFilter {
  if (typeof target !== 'string') return { repoId: target.imageRepoId };
  try {
    const { namespace, repository } = parseImageReference(target);
    return { repoName: repository, repoNamespace: namespace || undefined };
  } catch {
    // `findAll` reports the invalid reference.
    return { repoName: target };
  }
}
