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
import type { Observation } from '../store/observation.ts';
import type { ResumableListing } from './listing-progress.ts';

/** The inventory's observation of an image, or the error of its look-up. */
export type LookUpResult =
  | { readonly image: DeclaredImage; readonly observation: Observation }
  | { readonly image: DeclaredImage; readonly error: unknown };

const PAGE_SIZE = 100;
/** A repository can take several pages, so listing by repository must save at least this factor. */
const MIN_SAVING = 4;

/** Options of {@link lookUpMany}. */
interface LookUpManyOptions {
  readonly signal?: AbortSignal | undefined;
  /** Keeps the pages of an interrupted list. */
  readonly listing?: ResumableListing | undefined;
}

/**
 * Looks up many images in the inventory with few calls. Lists the whole inventory, or the repositories of the images when those are far
 * fewer than the pages that the first page announces. Returns results as soon as they are complete: those of one repository, or all.
 */
export async function* lookUpMany(
  call: Call,
  declared: readonly DeclaredImage[],
  { signal, listing }: LookUpManyOptions = {},
): AsyncGenerator<readonly LookUpResult[], void, undefined> {
  const images = declared.filter(({ key }) => listing?.keys.has(key) ?? true);
  const groups = groupByRepository(images);
  const isWanted = wantedRows(groups);
  const pages: ImagePage[] = [];
  try {
    const list = listImages(listing?.resume(call, isWanted) ?? call, {}, { pageSize: PAGE_SIZE, signal });
    for await (const page of list.pages()) {
      pages.push({ ...page, images: page.images.filter(isWanted) });
      const pagesLeft = (page.totalCount ?? 0) / Math.max(1, page.images.length) - 1;
      if (page.currentPage === 1 && groups.length * MIN_SAVING <= pagesLeft) {
        await listing?.close();
        yield* lookUpByRepository(call, groups, signal);
        return;
      }
    }
  } catch (error) {
    yield images.map((image) => ({ image, error }));
    return;
  }
  yield findAll(pages, images);
  await listing?.close();
}

/** A failure affects only the images of its repository. */
async function* lookUpByRepository(
  call: Call,
  groups: readonly ImageGroup[],
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly LookUpResult[], void, undefined> {
  for (const [filter, images] of groups) {
    const pages: ImagePage[] = [];
    let failure: { readonly error: unknown } | undefined;
    try {
      for await (const page of listImages(call, filter, { pageSize: PAGE_SIZE, signal }).pages())
        pages.push(page);
    } catch (error) {
      failure = { error };
    }
    yield failure === undefined ? findAll(pages, images) : images.map((image) => ({ image, ...failure }));
  }
}

type ImageGroup = readonly [ImageFilter, readonly DeclaredImage[]];

/** Whether a row can be of one of the images. The others are not kept, because an inventory can be larger than the memory. */
function wantedRows(groups: readonly ImageGroup[]): (row: Image) => boolean {
  const names = new Set(groups.flatMap(([{ repoName }]) => repoName ?? []));
  const ids = new Set(groups.flatMap(([{ repoId }]) => repoId ?? []));
  return ({ repoName, repoId }) => names.has(repoName ?? '') || ids.has(repoId ?? '');
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

function groupByRepository(images: readonly DeclaredImage[]): readonly ImageGroup[] {
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
