import { type Client, describeImageOperation, type Operation } from '@describe-image/core';
import { describeImageInstancesOperation } from '@describe-image/core/protocol';
import { createResolver, type ResolverOptions } from '../batch/resolver.ts';
import type { CommandInput } from '../command-definition.ts';
import { UsageError } from '../command-error.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { digestDocument, digestNotes, digestTable } from '../output/digest-report.ts';
import { jsonDocument, jsonLine } from '../output/json.ts';
import { palette } from '../output/terminal.ts';
import { withClient } from '../with-client.ts';
import { type DigestAnswer, fromDescribed, fromResolved } from './digest-answer.ts';
import { isBatch, runBatch } from './digest-batch.ts';
import { mismatchOf } from './digest-mismatch.ts';
import { imageIds } from './image-ids.ts';
import { DIGEST_OUTPUTS, DIGEST_SOURCES } from './output-formats.ts';
import { hintsFor } from './reference-hints.ts';

/** The operations that `digest` calls, for the RAM policy. A reference is first searched in the inventory. */
export const operations: readonly Pick<Operation<never, unknown>, 'ramAction'>[] = [
  describeImageOperation,
  describeImageInstancesOperation,
];

export async function run(input: CommandInput, context: CliContext): Promise<ExitCode> {
  const { options } = input;
  const resolverOptions = resolverOptionsFrom(input, context);
  if (isBatch(input)) {
    requireBatchOptions(input);
    return runBatch(input, context, resolverOptions);
  }
  const [reference] = input.args;
  const output = options.choice('output', DIGEST_OUTPUTS, 'digest');
  const ask =
    reference === undefined
      ? askByIds(input, resolverOptions)
      : askByReference(reference, input, resolverOptions);
  const answer = await withClient(input, context, (client) => ask(client));

  const paint = palette(context.stderr, options, context);
  for (const note of digestNotes(answer))
    context.stderr.write(`${paint.yellow(`${note.kind}:`)} ${note.text}\n`);
  const mismatch = mismatchOf(answer);
  // A script that reads only stdout must not deploy a digest that differs from the pinned one.
  if (mismatch === undefined || output === 'json' || output === 'table' || output === 'ndjson')
    context.stdout.write(render(answer, output));
  if (mismatch !== undefined) throw mismatch;
  return EXIT.found;
}

function resolverOptionsFrom({ options }: CommandInput, { signal }: CliContext): ResolverOptions {
  return {
    source: options.choice('source', DIGEST_SOURCES, 'both'),
    allowLastKnown: options.flag('allowLastKnown'),
    requireLive: options.flag('requireLive'),
    requireScanned: options.flag('requireScanned'),
    signal,
  };
}

function requireBatchOptions({ options }: CommandInput): void {
  const output = options.text('output');
  if (output !== undefined && output !== 'ndjson')
    throw new UsageError(
      `--output ${output} prints one image, got several references`,
      'Use --output ndjson, which is the default for several references.',
    );
  if (options.text('tag') !== undefined)
    throw new UsageError('--tag cannot be combined with references', 'Put each tag into its reference.');
}

type Ask = (client: Client) => Promise<DigestAnswer>;

function askByIds({ options }: CommandInput, { source, requireScanned, signal }: ResolverOptions): Ask {
  const conflict =
    options.text('output') === 'ref'
      ? '--output ref'
      : requireScanned
        ? '--require-scanned'
        : source === 'inventory'
          ? '--source inventory'
          : options.text('resume') === undefined
            ? undefined
            : '--resume';
  const ids = imageIds(options);
  if (conflict !== undefined)
    throw new UsageError(
      `${conflict} requires a reference: a lookup by ids does not read the inventory`,
      'Give a reference such as shop/checkout:1.4.2.',
    );
  return async (client) => fromDescribed(await client.describeImage(ids, { signal }));
}

function askByReference(reference: string, { options }: CommandInput, resolverOptions: ResolverOptions): Ask {
  if (options.text('tag') !== undefined)
    throw new UsageError(
      '--tag cannot be combined with a reference',
      'Put the tag into the reference: repository:tag. Without a tag, latest is used.',
    );
  const hints = hintsFor(reference, options);
  return async (client) =>
    fromResolved(reference, await createResolver(client, resolverOptions)(reference, hints));
}

function render(answer: DigestAnswer, output: (typeof DIGEST_OUTPUTS)[number]): string {
  switch (output) {
    case 'digest':
      return `${answer.digest}\n`;
    case 'ref':
      return `${answer.pinned}\n`;
    case 'json':
      return jsonDocument(digestDocument(answer));
    case 'ndjson':
      return jsonLine({ ...digestDocument(answer), error: undefined });
    case 'table':
      return digestTable(answer);
  }
}
