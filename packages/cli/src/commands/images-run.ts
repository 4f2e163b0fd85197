import type {
  Client,
  Image,
  ImageFilter,
  ImagePage,
  ListImagesOptions,
  Operation,
} from '@describe-image/core';
import { lastChange } from '@describe-image/core/images';
import { describeImageInstancesOperation } from '@describe-image/core/protocol';
import type { CommandInput } from '../command-definition.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { imagesTsv, imagesView, listingNotes } from '../output/images-report.ts';
import { envelope, imageJson, jsonDocument, jsonLine } from '../output/json.ts';
import { createProgress } from '../output/progress.ts';
import { palette, terminalWidth } from '../output/terminal.ts';
import { withClient } from '../with-client.ts';
import { imageFilterFrom } from './image-filter.ts';
import { IMAGES_OUTPUTS } from './output-formats.ts';

/** The operations that `images` calls, for the RAM policy. */
export const operations: readonly Pick<Operation<never, unknown>, 'ramAction'>[] = [
  describeImageInstancesOperation,
];

export async function run(input: CommandInput, context: CliContext): Promise<ExitCode> {
  const { options } = input;
  const filter = imageFilterFrom(options);
  const listOptions: ListImagesOptions = {
    limit: options.number('limit'),
    newestFirst: options.flag('newest'),
    signal: context.signal,
  };
  const output = options.choice('output', IMAGES_OUTPUTS, context.stdout.isTTY ? 'table' : 'tsv');
  const print = isStreamed(output) ? printBatches : printAll;
  const summary = await withClient(input, context, (client) =>
    print({ client, filter, listOptions, output, input, context }),
  );
  for (const note of listingNotes(summary)) context.stderr.write(`${note}\n`);
  return EXIT.found;
}

interface Listing {
  readonly client: Client;
  readonly filter: ImageFilter;
  readonly listOptions: ListImagesOptions;
  readonly output: (typeof IMAGES_OUTPUTS)[number];
  readonly input: CommandInput;
  readonly context: CliContext;
}

interface ListingSummary {
  readonly count: number;
  readonly totalCount: number | undefined;
  readonly inventoryChanged: boolean;
  /** Titles of columns that were not printed. */
  readonly hidden: readonly string[];
}

function isStreamed(output: Listing['output']): boolean {
  return output === 'ndjson' || output === 'tsv';
}

async function printAll(listing: Listing): Promise<ListingSummary> {
  const { client, output, input, context } = listing;
  const images: Image[] = [];
  const requestIds: (string | undefined)[] = [];
  let last: ImageBatch | undefined;
  for await (last of imageBatches(listing)) {
    images.push(...last.images);
    requestIds.push(...last.requestIds);
  }
  const summary = {
    count: images.length,
    totalCount: last?.totalCount,
    inventoryChanged: last?.inventoryChanged ?? false,
  };
  if (output === 'json') {
    const head = envelope({
      source: 'DescribeImageInstances',
      observedAt: last?.observedAt,
      requestId: requestIds.at(-1),
      endpoint: client.endpoint.host,
    });
    context.stdout.write(jsonDocument({ ...head, requestIds, ...summary, images: images.map(imageJson) }));
    return { ...summary, hidden: [] };
  }
  const paint = palette(context.stdout, input.options, context);
  const { text, hidden } = imagesView(images, paint, terminalWidth(context));
  context.stdout.write(text);
  return { ...summary, hidden };
}

async function printBatches(listing: Listing): Promise<ListingSummary> {
  const { client, output, context } = listing;
  let summary: ListingSummary = { count: 0, totalCount: undefined, inventoryChanged: false, hidden: [] };
  for await (const { images, requestIds, observedAt, totalCount, inventoryChanged } of imageBatches(
    listing,
  )) {
    const head = envelope({
      source: 'DescribeImageInstances',
      observedAt,
      requestId: requestIds.at(-1),
      endpoint: client.endpoint.host,
    });
    if (output === 'tsv') context.stdout.write(imagesTsv(images));
    else for (const image of images) context.stdout.write(jsonLine({ ...head, image: imageJson(image) }));
    await context.stdout.drained?.();
    summary = { count: summary.count + images.length, totalCount, inventoryChanged, hidden: [] };
  }
  return summary;
}

type ImageBatch = Pick<ImagePage, 'images' | 'totalCount' | 'inventoryChanged' | 'observedAt'> & {
  readonly requestIds: readonly (string | undefined)[];
};

/** Yields each page as it arrives. A sorted listing arrives as one batch. */
async function* imageBatches({
  client,
  filter,
  listOptions,
  output,
  input,
  context,
}: Listing): AsyncGenerator<ImageBatch, void, undefined> {
  const { limit = Number.POSITIVE_INFINITY, newestFirst = false, signal } = listOptions;
  const progress = createProgress(context, input.options, { streams: isStreamed(output) });
  const images: Image[] = [];
  const requestIds: (string | undefined)[] = [];
  let count = 0;
  let last: ImagePage | undefined;
  try {
    // Without `newestFirst`, which would read all pages within the time limit of one call.
    const pageSize = newestFirst ? undefined : Math.min(limit, 100);
    for await (last of client.listImages(filter, { signal, pageSize }).pages()) {
      count += last.images.length;
      progress.show(`reading the inventory: ${count} of ${last.totalCount ?? '?'} images`);
      if (newestFirst) {
        images.push(...last.images);
        requestIds.push(last.requestId);
        continue;
      }
      const excess = Math.max(count - limit, 0);
      yield {
        ...last,
        images: last.images.slice(0, last.images.length - excess),
        requestIds: [last.requestId],
      };
      if (count >= limit) return;
    }
    if (!newestFirst || last === undefined) return;
    images.sort((a, b) => (lastChange(b)?.getTime() ?? 0) - (lastChange(a)?.getTime() ?? 0));
    yield { ...last, images: images.slice(0, limit), requestIds };
  } finally {
    progress.clear();
  }
}
