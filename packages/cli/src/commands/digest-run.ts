import {
  type Client,
  describeImageInstancesOperation,
  describeImageOperation,
  type Operation,
} from '@describe-image/core';
import type { CommandInput } from '../command-definition.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { digestDocument } from '../output/digest-document.ts';
import { digestNotes } from '../output/digest-notes.ts';
import { digestTable } from '../output/digest-table.ts';
import { jsonDocument } from '../output/json.ts';
import { palette } from '../output/palette.ts';
import { UsageError } from '../usage-error.ts';
import { withClient } from '../with-client.ts';
import { type DigestAnswer, fromDescribed, fromResolved } from './digest-answer.ts';
import { hintsFor } from './digest-hints.ts';
import { DIGEST_OUTPUTS } from './digest-outputs.ts';
import { imageIds } from './image-ids.ts';

/** A reference is searched in the inventory first. */
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
      '--output ref: the ids do not name a repository',
      'Give a reference, such as shop/checkout:1.4.2, or take --output digest.',
    );
  const ask = reference === undefined ? askByIds(input) : askByReference(reference, input);
  const answer = await withClient(input, context, (client) => ask(client, context.signal));

  const paint = palette(context.stderr, options, context);
  for (const note of digestNotes(answer))
    context.stderr.write(`${paint.yellow(`${note.kind}:`)} ${note.text}\n`);
  context.stdout.write(render(answer, output));
  return EXIT.found;
}

type Ask = (client: Client, signal: AbortSignal | undefined) => Promise<DigestAnswer>;

function askByIds(input: CommandInput): Ask {
  const ids = imageIds(input.options);
  return async (client, signal) => fromDescribed(await client.describeImage(ids, { signal }));
}

function askByReference(reference: string, { options }: CommandInput): Ask {
  if (options.text('tag') !== undefined)
    throw new UsageError(
      '--tag: the reference names the tag',
      'Write it there: repository:tag. Without one, it is latest.',
    );
  const hints = hintsFor(reference, options);
  return async (client, signal) =>
    fromResolved(reference, await client.resolveImage(reference, { ...hints, signal }));
}

function render(answer: DigestAnswer, output: (typeof DIGEST_OUTPUTS)[number]): string {
  switch (output) {
    case 'digest':
      return `${answer.digest}\n`;
    case 'ref':
      return `${answer.repository}${answer.tag === undefined ? '' : `:${answer.tag}`}@${answer.digest}\n`;
    case 'json':
      return jsonDocument(digestDocument(answer));
    case 'table':
      return digestTable(answer);
  }
}
