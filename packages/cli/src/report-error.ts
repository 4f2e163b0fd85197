import { DescribeImageError } from '@describe-image/core/protocol';
import type { CliContext } from './context.ts';
import { describeError } from './describe-error.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { OptionValues } from './option-values.ts';
import { palette } from './output/palette.ts';
import { printable } from './output/printable.ts';
import { UsageError } from './usage-error.ts';

/** Says on stderr what went wrong and what to do about it, and gives the exit code that means it. */
export function reportError(
  error: unknown,
  globalOptions: Readonly<Record<string, unknown>>,
  context: CliContext,
): ExitCode {
  const options = new OptionValues(globalOptions);
  const paint = palette(context.stderr, options, context);
  const say = (headline: string, lines: readonly string[]): void => {
    context.stderr.write(`${paint.red(paint.bold('error:'))} ${printable(headline)}\n`);
    for (const line of lines) context.stderr.write(`  ${printable(line)}\n`);
  };
  if (DescribeImageError.isInstance(error)) {
    const { exitCode, headline, lines } = describeError(error);
    say(headline, lines);
    return exitCode;
  }
  if (error instanceof UsageError) {
    say(error.message, [error.remedy]);
    return EXIT.usage;
  }
  const stack =
    error instanceof Error && options.flag('verbose') ? (error.stack ?? '').split('\n').slice(1) : [];
  const remedy = 'This is a bug of describe-image: please report it, with what --verbose adds.';
  say(error instanceof Error ? `${error.name}: ${error.message}` : String(error), [...stack, remedy]);
  return EXIT.unexpected;
}
