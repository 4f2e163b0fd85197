import {
  type ImageFilter,
  type ImageListing,
  listImages,
  locateImage,
  type ObservedDigests,
  observeListing,
  parseImageReference,
} from '@describe-image/core/images';
import { type Call, type Image, NotFoundError, ValidationError } from '@describe-image/core/protocol';
import type { IPollFunctions } from 'n8n-workflow';
import { type Batching, runInBatches } from '../batching.ts';
import { readFilter } from '../image/image-filter.ts';

/** The images that a trigger watches. */
export interface Watch {
  /** Identifies the watched images. The stored state is valid for the same key only. */
  readonly key: string;
  /**
   * Reads the rows of all watched images from the inventory. A sample contains at least one of them, if there is one.
   *
   * @throws {ValidationError} for more images than a trigger can watch.
   */
  readonly list: (call: Call, options: { readonly isSample: boolean }) => Promise<readonly ObservedDigests[]>;
}

/** n8n stores the state of a trigger in the row of its workflow: about 6 MB for this number of images. */
const MAX_IMAGES = 50_000;
/** Items in progress while a trigger reads references. */
export const WATCH_BATCHING: Batching = {
  concurrency: 8,
  batchSize: Number.POSITIVE_INFINITY,
  intervalMs: 0,
};

/** @throws {ValidationError} naming the parameter that is empty or invalid. */
export function readWatch(node: IPollFunctions): Watch {
  switch (node.getNodeParameter('watch')) {
    case 'references':
      return watchReferences(readLines(node, 'References', 'references'));
    case 'repository':
      return watchRepositories(readLines(node, 'Repository', 'repository'));
    default: {
      const filter = readFilter(node.getNodeParameter('filters', {}) as Parameters<typeof readFilter>[0]); // a collection
      return {
        key: JSON.stringify(['filter', Object.entries(filter).sort()]),
        list: (call, { isSample }) => readInventory(call, [{ filter, isWatched: () => true }], isSample),
      };
    }
  }
}

function readLines(node: IPollFunctions, label: string, name: string): readonly string[] {
  const lines = String(node.getNodeParameter(name, '')).split('\n');
  const values = [...new Set(lines.map((line) => line.trim()).filter(Boolean))].sort();
  if (values.length === 0) throw new ValidationError(`${label}: must contain at least one line, got none`);
  if (values.length > MAX_IMAGES) throw tooMany(`${label}: must have`, values.length);
  for (const value of values) parseImageReference(value);
  return values;
}

function watchReferences(references: readonly string[]): Watch {
  return {
    key: JSON.stringify(['references', references]),
    list: async (call, { isSample }) => {
      if (isSample) return firstRow(call, references);
      const rows = await runInBatches(references.length, WATCH_BATCHING, (index) =>
        findRow(call, references[index] ?? ''),
      );
      // Two references can name the same tag.
      return [...new Map(rows.flat().map((row) => [tagOf(row), row])).values()];
    },
  };
}

function tagOf({ image }: ObservedDigests): string {
  return JSON.stringify([image?.regionId, image?.instanceId, image?.repoId, image?.repoName, image?.tag]);
}

async function firstRow(call: Call, references: readonly string[]): Promise<readonly ObservedDigests[]> {
  for (const reference of references) {
    const rows = await findRow(call, reference);
    if (rows.length > 0) return rows;
  }
  return [];
}

/** Returns nothing for an image that does not exist, because it may be pushed later. */
async function findRow(call: Call, reference: string): Promise<readonly ObservedDigests[]> {
  const located = await locateImage(call, reference).catch((error: unknown) =>
    NotFoundError.isInstance(error) ? undefined : Promise.reject(error),
  );
  if (located === undefined) return [];
  const rows = observeListing({ ...located.listing, images: [located.image] });
  return located.reference.tag === undefined
    ? rows.map((row) => ({ ...row, live: 'reference-names-no-tag' }))
    : rows;
}

function watchRepositories(repositories: readonly string[]): Watch {
  const selections = repositories.map((text): Selection => {
    const { namespace, repository } = parseImageReference(text);
    return {
      filter: { repoName: repository, ...(namespace !== '' && { repoNamespace: namespace }) },
      // The service may also return repositories with similar names.
      isWatched: ({ repoName, repoNamespace }) =>
        repoName === repository && (namespace === '' || repoNamespace === namespace),
    };
  });
  const names = selections.map(({ filter: { repoName, repoNamespace = '' } }) => [repoNamespace, repoName]);
  return {
    key: JSON.stringify(names.length === 1 ? ['repository', ...(names[0] ?? [])] : ['repositories', names]),
    list: (call, { isSample }) => readInventory(call, selections, isSample),
  };
}

interface Selection {
  readonly filter: ImageFilter;
  readonly isWatched: (image: Image) => boolean;
}

/** Reads page by page, because a list of many images may take longer than the total time limit of a call. */
async function readInventory(
  call: Call,
  selections: readonly Selection[],
  isSample: boolean,
): Promise<readonly ObservedDigests[]> {
  const images: Image[] = [];
  let listing: Partial<ImageListing> = {};
  for (const { filter, isWatched } of selections)
    for await (const { images: rows, totalCount = 0, ...page } of listImages(call, filter).pages()) {
      if (totalCount > MAX_IMAGES) throw tooMany('watch: must match', totalCount);
      // The whole rows of 50,000 images take 200 MB.
      for (const image of rows) if (isWatched(image)) images.push({ ...image, raw: {} });
      if (images.length > MAX_IMAGES) throw tooMany('watch: must match', images.length);
      listing = { ...page, requestIds: [page.requestId] };
      if (isSample && images.length > 0) break;
    }
  const { endpoint = '', requestIds = [], observedAt = new Date() } = listing;
  return observeListing({
    images,
    totalCount: images.length,
    inventoryChanged: false,
    requestIds,
    endpoint,
    attempts: 0,
    source: 'DescribeImageInstances',
    observedAt,
  });
}

function tooMany(rule: string, count: number): ValidationError {
  return new ValidationError(
    `${rule} at most ${MAX_IMAGES} images, got ${count}. Narrow the filters, or use several triggers`,
  );
}
