import { createResolver, type ResolverOptions } from '../batch/resolver.ts';
import type { CommandInput } from '../command-definition.ts';
import { UsageError } from '../command-error.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { digestNotes, renderDigest } from '../output/digest-report.ts';
import { palette } from '../output/terminal.ts';
import { withClient } from '../with-client.ts';
import { fromResolved } from './digest-answer.ts';
import { mismatchOf } from './digest-mismatch.ts';
import { DIGEST_OUTPUTS, DIGEST_SOURCES } from './output-formats.ts';
import { hintsFor } from './reference-hints.ts';

/** Prints the digest of one reference, or of many. */
export async function run(input: CommandInput, context: CliContext): Promise<ExitCode> {
  const { args, options } = input;
  const resolverOptions = resolverOptionsFrom(input, context);
  const [reference] = args;
  if (reference === undefined || args.length > 1 || reference === '-' || options.text('file') !== undefined) {
    requireBatchOptions(input);
    return (await import('./digest-batch.ts')).runBatch(input, context, resolverOptions);
  }
  if (options.text('tag') !== undefined)
    throw new UsageError(
      '--tag cannot be combined with a reference',
      'Put the tag into the reference: repository:tag. Without a tag, latest is used.',
    );
  const output = options.choice('output', DIGEST_OUTPUTS, 'digest');
  const hints = hintsFor(reference, options);
  const answer = await withClient(input, context, async (client) =>
    fromResolved(reference, await createResolver(client, resolverOptions)(reference, hints)),
  );
  const paint = palette(context.stderr, options, context);
  for (const note of digestNotes(answer))
    context.stderr.write(`${paint.yellow(`${note.kind}:`)} ${note.text}\n`);
  const mismatch = mismatchOf(answer);
  // A script that reads only stdout must not deploy a digest that differs from the pinned one.
  if (mismatch === undefined || output === 'json' || output === 'table' || output === 'ndjson')
    context.stdout.write(renderDigest(answer, output));
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
