import { ValidationError } from '../../errors/errors.ts';
import { describeImageInstancesOperation } from '../../operations/describe-image-instances.ts';
import type { Image } from '../../operations/image.ts';
import type { Call, CallOptions } from '../../protocol/operation.ts';
import { withSharedTotal } from '../../protocol/retrying/call-limits.ts';
import { type PageAnswer, readPages } from '../read-pages.ts';
import { criteriaOf, type ImageFilter } from './image-filter.ts';
import { newestFirst as byLastChange } from './newest-rows.ts';

/**
 * How to list. `totalTimeoutMs` limits the whole list if it is given here. Without it, the client's limit applies to `all()` as a
 * whole, and to each page of an iteration: the time that the caller spends between two pages does not count.
 *
 * @public
 */
export interface ListImagesOptions extends CallOptions {
  /** Rows per request. The service's maximum is not documented; smaller pages are accepted. @defaultValue 100 */
  readonly pageSize?: number | undefined;
  /** The maximum number of images to return. @defaultValue no limit */
  readonly limit?: number | undefined;
  /** Sorts by last change. The service cannot sort, so all matching pages are read before the first image is returned. @defaultValue false */
  readonly newestFirst?: boolean | undefined;
}

/** One page of the inventory. @public */
export interface ImagePage {
  /** The rows that no earlier page had. */
  readonly images: readonly Image[];
  readonly currentPage: number;
  /** The number of matching images by the service's count at the time of this page. */
  readonly totalCount: number | undefined;
  /** Rows were added or removed between pages, so rows can be missing from this list. List again for a complete one. */
  readonly inventoryChanged: boolean;
  readonly requestId: string | undefined;
  /** Host that answered. */
  readonly endpoint: string;
  /** Requests sent for this page. */
  readonly attempts: number;
  readonly observedAt: Date;
}

/** A finished list. @public */
export interface ImageListing {
  readonly images: readonly Image[];
  /** By the service's last count; more than `images.length` if a limit cut the list. */
  readonly totalCount: number | undefined;
  readonly inventoryChanged: boolean;
  readonly requestIds: readonly (string | undefined)[];
  /** Host that answered. */
  readonly endpoint: string;
  /** Requests sent for all pages. */
  readonly attempts: number;
  readonly source: 'DescribeImageInstances';
  /** When the last page arrived, by the local clock. */
  readonly observedAt: Date;
}

/** A list of images that is read page by page. No request is sent before the first image is read. @public */
export interface ImageList extends AsyncIterable<Image> {
  /** The pages in the service's order; `newestFirst` and `limit` do not apply. */
  pages(): AsyncGenerator<ImagePage, void, undefined>;
  /** Reads all pages, or as many as the limit requires. */
  all(): Promise<ImageListing>;
}

const DEFAULT_PAGE_SIZE = 100;

/**
 * Lists the images of the inventory.
 *
 * @throws {@link ValidationError} for a limit or page size below 1, and for a digest that is not 64 hex digits.
 *
 * @example
 * ```ts
 * import { createClient } from '@describe-image/core';
 * import { listImages } from '@describe-image/core/images';
 *
 * const client = createClient({ credentials: { accessKeyId: 'testid', accessKeySecret: 'testsecret' } });
 * for await (const image of listImages(client.call, { repoName: 'api' })) console.log(image.tag, image.digest);
 * ```
 *
 * @see {@link https://www.alibabacloud.com/help/en/security-center/developer-reference/api-sas-2018-12-03-describeimageinstances | DescribeImageInstances}
 * @public
 */
export function listImages(
  call: Call,
  filter: ImageFilter = {},
  listOptions: ListImagesOptions = {},
): ImageList {
  // Copied, because the caller may change the object between two pages.
  const options = { ...listOptions };
  const { limit = Number.POSITIVE_INFINITY, newestFirst = false } = options;
  requireCount('limit', options.limit);
  requireCount('pageSize', options.pageSize);
  const criteria = criteriaOf(filter);
  const { scanned } = filter;
  // Without sorting, a small limit needs only a small page.
  const pageSize = options.pageSize ?? (newestFirst ? DEFAULT_PAGE_SIZE : Math.min(limit, DEFAULT_PAGE_SIZE));

  async function* readImagePages(callOptions: CallOptions): AsyncGenerator<ImagePage, void, undefined> {
    const logicalExp = criteria.length > 1 ? ('AND' as const) : undefined;
    const ask = async (currentPage: number): Promise<PageAnswer<Image>> => {
      const input = { criteria, logicalExp, currentPage, pageSize, scanned };
      const { output, ...answer } = await call(describeImageInstancesOperation, input, callOptions);
      return { output: { rows: output.images, totalCount: output.totalCount }, ...answer };
    };
    for await (const { rows: images, isChanged: inventoryChanged, isLast: _, ...page } of readPages(
      ask,
      rowKey,
    ))
      yield { images, inventoryChanged, ...page };
  }

  const pages: ImageList['pages'] = () =>
    readImagePages(options.totalTimeoutMs === undefined ? options : withSharedTotal(options));

  async function all(): Promise<ImageListing> {
    const images: Image[] = [];
    const requestIds: (string | undefined)[] = [];
    let attempts = 0;
    let last: ImagePage | undefined;
    for await (last of readImagePages(withSharedTotal(options))) {
      images.push(...last.images);
      requestIds.push(last.requestId);
      attempts += last.attempts;
      if (!newestFirst && images.length >= limit) break;
    }
    if (newestFirst) images.sort(byLastChange);
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

/** @throws {@link ValidationError} for a limit or page size below 1. */
export function requireCount(name: string, value: number | undefined): void {
  if (value !== undefined && !(Number.isInteger(value) && value > 0))
    throw new ValidationError(`${name}: must be a whole number from 1, got ${value}`);
}

function rowKey({ regionId, instanceId, repoId, repoNamespace, repoName, tag, uuid, digest }: Image): string {
  return JSON.stringify([regionId, instanceId, repoId, repoNamespace, repoName, tag, uuid, digest]);
}
