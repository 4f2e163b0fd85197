import type {
  Client,
  Image,
  ImageFilter,
  ImagePage,
  ListImagesOptions,
  Operation,
} from '@describe-image/core';
import { describeImageInstancesOperation } from '@describe-image/core/protocol';
import type { CommandInput } from '../command-definition.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { imagesTable, imagesTsv, listingNotes } from '../output/images-report.ts';
import { envelope, imageJson, jsonDocument, jsonLine } from '../output/json.ts';
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
  const list = output === 'ndjson' ? printLines : printAll;
  const summary = await withClient(input, context, (client) =>
    list({ client, filter, listOptions, output, input, context }),
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
}

async function printAll({
  client,
  filter,
  listOptions,
  output,
  input,
  context,
}: Listing): Promise<ListingSummary> {
  const listing = await client.listImages(filter, listOptions).all();
  const { images, totalCount, inventoryChanged, requestIds, observedAt, source } = listing;
  const summary = { count: images.length, totalCount, inventoryChanged };
  if (output === 'json') {
    const head = envelope({
      source,
      observedAt,
      requestId: requestIds.at(-1),
      endpoint: client.endpoint.host,
    });
    context.stdout.write(jsonDocument({ ...head, requestIds, ...summary, images: images.map(imageJson) }));
  } else context.stdout.write(render(images, output, input, context));
  return summary;
}

function render(
  images: readonly Image[],
  output: string,
  { options }: CommandInput,
  context: CliContext,
): string {
  if (output === 'tsv') return imagesTsv(images);
  return imagesTable(images, palette(context.stdout, options, context), terminalWidth(context));
}

async function printLines({ client, filter, listOptions, context }: Listing): Promise<ListingSummary> {
  let count = 0;
  let summary: ListingSummary = { count, totalCount: undefined, inventoryChanged: false };
  for await (const batch of imageBatches(client, filter, listOptions)) {
    const { requestId, observedAt, totalCount, inventoryChanged } = batch;
    const head = envelope({
      source: 'DescribeImageInstances',
      observedAt,
      requestId,
      endpoint: client.endpoint.host,
    });
    for (const image of batch.images) context.stdout.write(jsonLine({ ...head, image: imageJson(image) }));
    await context.stdout.drained?.();
    count += batch.images.length;
    summary = { count, totalCount, inventoryChanged };
  }
  return summary;
}

type ImageBatch = Pick<ImagePage, 'images' | 'totalCount' | 'inventoryChanged' | 'requestId' | 'observedAt'>;

/** Yields each page as it arrives. A sorted listing arrives as one batch. */
async function* imageBatches(
  client: Client,
  filter: ImageFilter,
  options: ListImagesOptions,
): AsyncGenerator<ImageBatch, void, undefined> {
  const list = client.listImages(filter, options);
  if (options.newestFirst) {
    const { requestIds, ...listing } = await list.all();
    yield { ...listing, requestId: requestIds.at(-1) };
    return;
  }
  let remaining = options.limit ?? Number.POSITIVE_INFINITY;
  for await (const page of list.pages()) {
    yield { ...page, images: page.images.slice(0, remaining) };
    remaining -= page.images.length;
    if (remaining <= 0) return;
  }
}
