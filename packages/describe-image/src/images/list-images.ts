import { ValidationError } from '../errors/errors.ts';
import { describeImageInstancesOperation } from '../operations/describe-image-instances.ts';
import type { Image } from '../operations/image.ts';
import type { Call, CallOptions } from '../protocol/operation.ts';
import { criteriaOf, type ImageFilter } from './image-filter.ts';
import { imageKey } from './image-key.ts';

/** How to list. @public */
export interface ListImagesOptions extends CallOptions {
  /** Rows asked for at a time. The service's maximum is not documented; a smaller answer is coped with. @defaultValue 100 */
  readonly pageSize?: number | undefined;
  /** Stop after so many images. @defaultValue no limit */
  readonly limit?: number | undefined;
  /** By last change. The service cannot sort: all matching pages are read before the first image comes. @defaultValue false */
  readonly newestFirst?: boolean | undefined;
}

/** One page of the inventory. @public */
export interface ImagePage {
  /** Rows not seen on an earlier page. */
  readonly images: readonly Image[];
  readonly currentPage: number;
  /** Matching images in all, by the service's count at the time of this page. */
  readonly totalCount: number | undefined;
  /** Rows were added or removed while paging: rows of this list may be missing. List again to be sure. */
  readonly inventoryChanged: boolean;
  readonly requestId: string | undefined;
  /** Host that answered. */
  readonly endpoint: string;
  /** Requests that the page took. */
  readonly attempts: number;
  readonly observedAt: Date;
}

/** A finished listing. @public */
export interface ImageListing {
  readonly images: readonly Image[];
  /** By the service's last count; more than `images.length` when a limit cut the list. */
  readonly totalCount: number | undefined;
  readonly inventoryChanged: boolean;
  readonly requestIds: readonly (string | undefined)[];
  /** Host that answered. */
  readonly endpoint: string;
  /** Requests that all pages took. */
  readonly attempts: number;
  readonly source: 'DescribeImageInstances';
  /** When the last page arrived, by the local clock. */
  readonly observedAt: Date;
}

/** Images as they arrive; nothing is sent before the first is asked for. @public */
export interface ImageList extends AsyncIterable<Image> {
  /** Page by page, in the service's order, whatever `newestFirst` and `limit` say. */
  pages(): AsyncGenerator<ImagePage, void, undefined>;
  /** Reads to the end, or to the limit. */
  all(): Promise<ImageListing>;
}

const DEFAULT_PAGE_SIZE = 100;
/** A service that repeats itself is left: no inventory moves by so many pages while it is read. */
const MAX_PAGES_WITHOUT_NEWS = 10;

/** Lists the inventory through any `call`. */
export function listImages(call: Call, filter: ImageFilter = {}, options: ListImagesOptions = {}): ImageList {
  const { limit = Number.POSITIVE_INFINITY, newestFirst = false, signal } = options;
  requireCount('limit', options.limit);
  requireCount('pageSize', options.pageSize);
  const criteria = criteriaOf(filter);
  // Without sorting, a small limit needs a small page only.
  const pageSize = options.pageSize ?? (newestFirst ? DEFAULT_PAGE_SIZE : Math.min(limit, DEFAULT_PAGE_SIZE));

  async function* pages(): AsyncGenerator<ImagePage, void, undefined> {
    const seen = new Set<string>();
    let rows = 0;
    let withoutNews = 0;
    let expected: number | undefined;
    let inventoryChanged = false;
    for (let currentPage = 1; ; currentPage++) {
      const logicalExp = criteria.length > 1 ? ('AND' as const) : undefined;
      const input = { criteria, logicalExp, currentPage, pageSize, scanned: filter.scanned };
      const { output, ...answer } = await call(describeImageInstancesOperation, input, {
        signal,
      });
      const { totalCount } = output;
      expected ??= totalCount;
      rows += output.images.length;
      const images = output.images.filter((image) => isFirstOccurrence(image, seen));
      withoutNews = images.length === 0 ? withoutNews + 1 : 0;
      const ended =
        output.images.length === 0 ||
        withoutNews === MAX_PAGES_WITHOUT_NEWS ||
        (totalCount === undefined ? images.length === 0 : rows >= totalCount);
      // A row twice, another total, or too few rows: rows moved between pages.
      inventoryChanged ||=
        seen.size < rows ||
        totalCount !== expected ||
        (ended && totalCount !== undefined && rows < totalCount);
      yield { images, currentPage, totalCount, inventoryChanged, ...answer };
      if (ended) return;
    }
  }

  async function all(): Promise<ImageListing> {
    const images: Image[] = [];
    const requestIds: (string | undefined)[] = [];
    let attempts = 0;
    let last: ImagePage | undefined;
    for await (last of pages()) {
      images.push(...last.images);
      requestIds.push(last.requestId);
      attempts += last.attempts;
      if (!newestFirst && images.length >= limit) break;
    }
    if (newestFirst) images.sort((a, b) => lastChange(b) - lastChange(a));
    return {
      images: images.slice(0, limit),
      totalCount: last?.totalCount,
      inventoryChanged: last?.inventoryChanged ?? false,
      requestIds,
      endpoint: last?.endpoint ?? '',
      attempts,
      source: 'DescribeImageInstances',
      observedAt: last?.observedAt ?? new Date(Number.NaN),
    };
  }

  async function* items(): AsyncGenerator<Image, void, undefined> {
    if (newestFirst) {
      yield* (await all()).images;
      return;
    }
    let count = 0;
    for await (const { images } of pages())
      for (const image of images) {
        yield image;
        if (++count >= limit) return;
      }
  }

  return { pages, all, [Symbol.asyncIterator]: items };
}

function requireCount(name: string, value: number | undefined): void {
  if (value !== undefined && !(Number.isInteger(value) && value > 0))
    throw new ValidationError(`${name}: wanted a whole number from 1, got ${value}`);
}

function isFirstOccurrence(image: Image, seen: Set<string>): boolean {
  return seen.size < seen.add(imageKey(image)).size;
}

/** The latest time that the row gives for the image itself; scans do not change an image. */
function lastChange({ imageUpdate, imageCreate }: Image): number {
  return (imageUpdate ?? imageCreate)?.getTime() ?? 0;
}
