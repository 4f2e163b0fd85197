import {
  type Client,
  describeImageInstancesOperation,
  type Image,
  type ImageFilter,
  type ListImagesOptions,
  type Operation,
} from '@describe-image/core';
import type { CommandInput } from '../command-definition.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { envelope } from '../output/envelope.ts';
import { imageJson } from '../output/image-json.ts';
import { imagesTable, imagesTsv } from '../output/images-table.ts';
import { jsonDocument, jsonLine } from '../output/json.ts';
import { listingNotes } from '../output/listing-notes.ts';
import { palette } from '../output/palette.ts';
import { terminalWidth } from '../output/terminal-width.ts';
import { withClient } from '../with-client.ts';
import { imageFilterFrom } from './image-filter-from.ts';
import { IMAGES_OUTPUTS } from './images-outputs.ts';
import { readBatches } from './read-batches.ts';

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
  for await (const batch of readBatches(client, filter, listOptions)) {
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
