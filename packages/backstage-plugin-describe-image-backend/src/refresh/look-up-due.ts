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
import type { Image } from '@describe-image/core/protocol';

/** What the inventory said of one image, when and in which answer, or why it could not. */
export type LookedUp =
  | {
      readonly image: DeclaredImage;
      readonly row: Image;
      readonly observedAt: Date;
      readonly requestId: string | undefined;
    }
  | { readonly image: DeclaredImage; readonly error: unknown };

const PAGE_SIZE = 100;
/** Repositories are asked for one by one where that is so much cheaper that a few with many tags do not matter. */
const CHEAPER_BY = 4;

/**
 * Looks many images up with few calls: the whole inventory's pages, or those of a few repositories where these are far fewer. The first page
 * tells which.
 */
export async function lookUpDue(
  call: Call,
  images: readonly DeclaredImage[],
  signal?: AbortSignal,
): Promise<readonly LookedUp[]> {
  const groups = groupByRepository(images);
  const read: ImagePage[] = [];
  try {
    for await (const page of listImages(call, {}, { pageSize: PAGE_SIZE, signal }).pages()) {
      read.push(page);
      const pagesLeft = (page.totalCount ?? 0) / Math.max(1, page.images.length) - 1;
      if (page.currentPage === 1 && groups.length * CHEAPER_BY <= pagesLeft)
        return await byRepository(call, groups, signal);
    }
    return lookUpAll(read, images);
  } catch (error) {
    return images.map((image) => ({ image, error }));
  }
}

/** One repository's failure is not another's. */
async function byRepository(
  call: Call,
  groups: readonly (readonly [ImageFilter, readonly DeclaredImage[]])[],
  signal: AbortSignal | undefined,
): Promise<readonly LookedUp[]> {
  const looked: LookedUp[] = [];
  for (const [filter, images] of groups) {
    try {
      const pages: ImagePage[] = [];
      for await (const page of listImages(call, filter, { pageSize: PAGE_SIZE, signal }).pages())
        pages.push(page);
      looked.push(...lookUpAll(pages, images));
    } catch (error) {
      looked.push(...images.map((image) => ({ image, error })));
    }
  }
  return looked;
}

function lookUpAll(pages: readonly ImagePage[], images: readonly DeclaredImage[]): LookedUp[] {
  const index = indexListing(listingOf(pages));
  const pageOf = new Map(pages.flatMap((page) => page.images.map((row) => [row, page] as const)));
  return images.map((image) => {
    try {
      const { target } = image;
      const { image: row, listing } = typeof target === 'string' ? index.locate(target) : index.find(target);
      // Pages are minutes apart where the pace is slow: each row has its own answer's time.
      const page = pageOf.get(row);
      const { observedAt } = page ?? listing;
      return { image, row, observedAt, requestId: page?.requestId };
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
