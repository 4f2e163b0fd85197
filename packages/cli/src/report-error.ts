import { DescribeImageError } from '@describe-image/core/protocol';
import type { CliContext } from './context.ts';
import { describeError } from './describe-error.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { UsageError } from './option-parsers.ts';
import { OptionValues } from './option-values.ts';
import { palette, printable } from './output/terminal.ts';

/** Prints the error and its remedy on stderr and returns the exit code. */
export function reportError(
  error: unknown,
  globalOptions: Readonly<Record<string, unknown>>,
  context: CliContext,
): ExitCode {
  const options = new OptionValues(globalOptions);
  const paint = palette(context.stderr, options, context);
  const print = (headline: string, lines: readonly string[]): void => {
    context.stderr.write(`${paint.red(paint.bold('error:'))} ${printable(headline)}\n`);
    for (const line of lines) context.stderr.write(`  ${printable(line)}\n`);
  };
  if (DescribeImageError.isInstance(error)) {
    const { exitCode, headline, lines } = describeError(error);
    print(headline, lines);
    return exitCode;
  }
  if (error instanceof UsageError) {
    print(error.message, [error.remedy]);
    return EXIT.usage;
  }
  const stack =
    error instanceof Error && options.flag('verbose') ? (error.stack ?? '').split('\n').slice(1) : [];
  const remedy = 'This is a bug in describe-image. Please report it with the output of --verbose.';
  print(error instanceof Error ? `${error.name}: ${error.message}` : String(error), [...stack, remedy]);
  return EXIT.unexpected;
}
