import {
  type Client,
  describeImageOperation,
  type Operation,
  type ResolveImageOptions,
} from '@describe-image/core';
import { describeImageInstancesOperation } from '@describe-image/core/protocol';
import type { CommandInput } from '../command-definition.ts';
import { CommandError, UsageError } from '../command-error.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { digestDocument, digestNotes, digestTable } from '../output/digest-report.ts';
import { jsonDocument } from '../output/json.ts';
import { palette } from '../output/terminal.ts';
import { withClient } from '../with-client.ts';
import { type DigestAnswer, fromDescribed, fromResolved } from './digest-answer.ts';
import { imageIds } from './image-ids.ts';
import { DIGEST_OUTPUTS } from './output-formats.ts';
import { hintsFor } from './reference-hints.ts';

/** The operations that `digest` calls, for the RAM policy. A reference is first searched in the inventory. */
export const operations: readonly Pick<Operation<never, unknown>, 'ramAction'>[] = [
  describeImageOperation,
  describeImageInstancesOperation,
];

export async function run(input: CommandInput, context: CliContext): Promise<ExitCode> {
  const { options } = input;
  const [reference] = input.args;
  const output = options.choice('output', DIGEST_OUTPUTS, 'digest');
  if (reference === undefined && output === 'ref')
    throw new UsageError(
      '--output ref requires a reference: the ids do not contain the name of the repository',
      'Give a reference such as shop/checkout:1.4.2, or use --output digest.',
    );
  const demands = {
    allowLastKnown: options.flag('allowLastKnown'),
    requireLive: options.flag('requireLive'),
    requireScanned: options.flag('requireScanned'),
  };
  if (reference === undefined && demands.requireScanned)
    throw new UsageError(
      '--require-scanned requires a reference: a lookup by ids does not read the inventory',
      'Give a reference such as shop/checkout:1.4.2.',
    );
  const ask = reference === undefined ? askByIds(input) : askByReference(reference, input, demands);
  const answer = await withClient(input, context, (client) => ask(client, context.signal));

  const paint = palette(context.stderr, options, context);
  for (const note of digestNotes(answer))
    context.stderr.write(`${paint.yellow(`${note.kind}:`)} ${note.text}\n`);
  const mismatch = mismatchOf(answer);
  // A script that reads only stdout must not deploy a digest that differs from the pinned one.
  if (mismatch === undefined || output === 'json' || output === 'table')
    context.stdout.write(render(answer, output));
  if (mismatch !== undefined)
    throw new CommandError(
      'Mismatch',
      EXIT.mismatch,
      mismatch,
      'Pin the reference again, or restore the tag.',
    );
  return EXIT.found;
}

/** The message for a tag that no longer has the digest in the reference. */
function mismatchOf({ reference, digest, sources }: DigestAnswer): string | undefined {
  const pinned = sources.find(({ source }) => source === 'reference')?.digest;
  if (pinned === undefined || pinned === digest) return undefined;
  return `${reference}: the tag has another digest, ${digest}`;
}

type Ask = (client: Client, signal: AbortSignal | undefined) => Promise<DigestAnswer>;

function askByIds(input: CommandInput): Ask {
  const ids = imageIds(input.options);
  return async (client, signal) => fromDescribed(await client.describeImage(ids, { signal }));
}

function askByReference(reference: string, { options }: CommandInput, demands: ResolveImageOptions): Ask {
  if (options.text('tag') !== undefined)
    throw new UsageError(
      '--tag cannot be combined with a reference',
      'Put the tag into the reference: repository:tag. Without a tag, latest is used.',
    );
  const hints = hintsFor(reference, options);
  return async (client, signal) =>
    fromResolved(reference, await client.resolveImage(reference, { ...hints, ...demands, signal }));
}

function render(answer: DigestAnswer, output: (typeof DIGEST_OUTPUTS)[number]): string {
  switch (output) {
    case 'digest':
      return `${answer.digest}\n`;
    case 'ref':
      return `${answer.pinned}\n`;
    case 'json':
      return jsonDocument(digestDocument(answer));
    case 'table':
      return digestTable(answer);
  }
}
