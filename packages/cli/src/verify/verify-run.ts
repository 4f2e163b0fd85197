import { describeImageVulListOperation } from '@describe-image/core/protocol';
import { resolveAll } from '../batch/resolve-all.ts';
import type { CommandInput } from '../command-definition.ts';
import { UsageError } from '../command-error.ts';
import { operations as digestOperations } from '../commands/digest-operations.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { selection } from '../manifests/select-references.ts';
import { palette, printable, terminalWidth } from '../output/terminal.ts';
import { FORMATS, isFailed } from './check-formats.ts';
import { checkImage, countUrgent, type ImageCheck } from './check-image.ts';
import { checkTable } from './check-table.ts';
import { REJECTED, VERIFY_OUTPUTS } from './output-formats.ts';
import { readDeclarations } from './read-declarations.ts';

/** The operations that `verify` calls, for the RAM policy. The last one only for `--fail-on asap` and `later`. */
export const operations: readonly { readonly ramAction: string }[] = [
  ...digestOperations,
  describeImageVulListOperation,
];

export async function run(input: CommandInput, context: CliContext): Promise<ExitCode> {
  const { options } = input;
  const { stdout, stderr, signal } = context;
  const requirements = {
    requireLive: options.flag('requireLive'),
    requireScanned: options.flag('requireScanned'),
    requirePinned: options.flag('requirePinned'),
    failOn: REJECTED.filter((rejected) => options.list('failOn').includes(rejected)),
  };
  const { declarations: all, skipped } = await readDeclarations(input, context);
  const isSelected = selection(options);
  const declarations = all.filter(({ reference }) => isSelected(reference));
  if (all.length === 0 && skipped.length === 0)
    throw new UsageError('no images found', 'Give references, files with images, or - for stdin.');
  const resolutions = await resolveAll(
    declarations.map(({ reference }) => reference),
    input,
    context,
    { source: 'both', signal },
    (client, resolved) => countUrgent(client, resolved, requirements.failOn, signal),
  );
  const checks = declarations.flatMap((declaration) => {
    const resolution = resolutions.get(declaration.reference);
    return resolution === undefined ? [] : [checkImage(declaration, resolution, requirements)];
  });
  const exitCode = exitCodeOf(checks);
  const output = options.choice('output', VERIFY_OUTPUTS, 'table');
  stdout.write(
    output === 'table'
      ? checkTable(checks, palette(stdout, options, context), terminalWidth(context))
      : FORMATS[output](checks, exitCode),
  );
  for (const line of skipped) stderr.write(`skipped: ${printable(line)}\n`);
  const failed = checks.filter(isFailed).length;
  stderr.write(`${checks.length - failed} of ${checks.length} images verified, ${failed} failed\n`);
  return exitCode;
}

/** A digest that differs is more serious than one that is missing or not acceptable. */
const ORDER: readonly ImageCheck['status'][] = ['mismatch', 'missing', 'error', 'not-acceptable'];

function exitCodeOf(checks: readonly ImageCheck[]): ExitCode {
  for (const wanted of ORDER) {
    const check = checks.find(({ status }) => status === wanted);
    if (check !== undefined) return check.exitCode;
  }
  return EXIT.found;
}
