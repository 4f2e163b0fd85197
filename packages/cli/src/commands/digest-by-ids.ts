import type { CommandInput } from '../command-definition.ts';
import { UsageError } from '../command-error.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { OptionValues } from '../option-values.ts';
import { withClient } from '../with-client.ts';
import { imageIds } from './image-ids.ts';
import { DIGEST_OUTPUTS } from './output-formats.ts';

/** Prints the digest of four ids. */
export async function run(input: CommandInput, context: CliContext): Promise<ExitCode> {
  const { options } = input;
  const output = options.choice('output', DIGEST_OUTPUTS, 'digest');
  const conflict = conflictOf(options);
  if (conflict !== undefined)
    throw new UsageError(
      `${conflict} requires a reference: a lookup by ids does not read the inventory`,
      'Give a reference such as shop/checkout:1.4.2.',
    );
  const ids = imageIds(options);
  const { signal } = context;
  const described = await withClient(input, context, (client) => client.describeImage(ids, { signal }));
  if (output === 'digest') context.stdout.write(`${described.digest}\n`);
  else {
    const { fromDescribed } = await import('./digest-answer.ts');
    const { renderDigest } = await import('../output/digest-report.ts');
    context.stdout.write(renderDigest(fromDescribed(described), output));
  }
  return EXIT.found;
}

function conflictOf(options: OptionValues): string | undefined {
  if (options.text('output') === 'ref') return '--output ref';
  if (options.flag('requireScanned')) return '--require-scanned';
  if (options.text('source') === 'inventory') return '--source inventory';
  return options.text('resume') === undefined ? undefined : '--resume';
}
