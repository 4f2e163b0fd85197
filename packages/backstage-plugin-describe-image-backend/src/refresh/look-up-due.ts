import type { DeclaredImage } from '@describe-image/backstage-plugin-describe-image-common';
import type { Call } from '@describe-image/core';
import {
  type FoundImage,
  type ImageFilter,
  type ImageListing,
  indexListing,
  type ListingIndex,
  listImages,
  parseImageReference,
} from '@describe-image/core/images';

/** What the inventory said of one image, or why it could not. */
export type LookedUp =
  | { readonly image: DeclaredImage; readonly found: FoundImage }
  | { readonly image: DeclaredImage; readonly error: unknown };

const PAGE_SIZE = 100;

/**
 * Looks many images up with few calls: the whole inventory's pages, or those of the repositories that are asked for, whichever are fewer. The
 * first page tells which.
 */
export async function lookUpDue(call: Call, images: readonly DeclaredImage[]): Promise<readonly LookedUp[]> {
  const groups = groupByRepository(images);
  const pages = listImages(call, {}, { pageSize: PAGE_SIZE }).pages();
  const rows: ImageListing['images'][number][] = [];
  const requestIds: (string | undefined)[] = [];
  let attempts = 0;
  try {
    for await (const page of pages) {
      rows.push(...page.images);
      requestIds.push(page.requestId);
      attempts += page.attempts;
      const pagesLeft = Math.ceil((page.totalCount ?? 0) / PAGE_SIZE) - page.currentPage;
      if (page.currentPage === 1 && pagesLeft > groups.length) return await byRepository(call, groups);
      const { totalCount, inventoryChanged, endpoint, observedAt } = page;
      if (pagesLeft > 0) continue;
      const listing = { totalCount, inventoryChanged, endpoint, observedAt, attempts, requestIds };
      return lookUpAll(indexListing({ ...listing, images: rows, source: 'DescribeImageInstances' }), images);
    }
  } catch (error) {
    return images.map((image) => ({ image, error }));
  } finally {
    await pages.return();
  }
  return byRepository(call, groups);
}

/** One repository's failure is not another's. */
async function byRepository(
  call: Call,
  groups: readonly (readonly [ImageFilter, readonly DeclaredImage[]])[],
): Promise<readonly LookedUp[]> {
  const looked: LookedUp[] = [];
  for (const [filter, images] of groups) {
    try {
      looked.push(...lookUpAll(indexListing(await listImages(call, filter).all()), images));
    } catch (error) {
      looked.push(...images.map((image) => ({ image, error })));
    }
  }
  return looked;
}

function lookUpAll(index: ListingIndex, images: readonly DeclaredImage[]): LookedUp[] {
  return images.map((image) => {
    try {
      const { target } = image;
      return { image, found: typeof target === 'string' ? index.locate(target) : index.find(target) };
    } catch (error) {
      return { image, error };
    }
  });
}

function groupByRepository(
  images: readonly DeclaredImage[],
): readonly (readonly [ImageFilter, readonly DeclaredImage[]])[] {
  const groups = new Map<string, [ImageFilter, DeclaredImage[]]>();
  for (const image of images) {
    const filter = repositoryOf(image);
    const name = JSON.stringify(filter);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [filter, [image]]);
    else group[1].push(image);
  }
  return [...groups.values()];
}

function repositoryOf({ target }: DeclaredImage): ImageFilter {
  if (typeof target !== 'string') return { repoId: target.imageRepoId };
  try {
    const { namespace, repository } = parseImageReference(target);
    return { repoName: repository, repoNamespace: namespace || undefined };
  } catch {
    // The index refuses it by name; what is listed meanwhile does not matter.
    return { repoName: target };
  }
}
