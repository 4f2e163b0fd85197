import { DescribeImageError } from '@describe-image/core/protocol';
import { CommanderError } from 'commander';
import { CommandError } from './command-error.ts';
import type { CliContext } from './context.ts';
import { describeError, type ErrorDescription } from './describe-error.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { OptionValues } from './option-values.ts';
import { errorJson } from './output/error-json.ts';
import { jsonLine } from './output/json.ts';
import { palette, printable } from './output/terminal.ts';

interface ErrorReport {
  /** As text, or as one line of JSON. */
  readonly asJson: boolean;
  readonly globalOptions: Readonly<Record<string, unknown>>;
}

/** Prints the error and its remedy on stderr and returns the exit code. */
export function reportError(
  error: unknown,
  { asJson, globalOptions }: ErrorReport,
  context: CliContext,
): ExitCode {
  const options = new OptionValues(globalOptions);
  const description = describe(error, options.flag('verbose'));
  if (asJson) context.stderr.write(jsonLine({ schemaVersion: 1, error: errorJson(error, description) }));
  else printText(description, options, context);
  return description.exitCode;
}

/** The exit code and the message of any error. */
export function describe(error: unknown, withStack = false): ErrorDescription {
  if (DescribeImageError.isInstance(error)) return describeError(error);
  if (error instanceof CommandError) {
    const { message: headline, exitCode, remedy } = error;
    return { headline, exitCode, facts: [], remedy, more: [] };
  }
  if (error instanceof CommanderError)
    return {
      exitCode: EXIT.usage,
      headline: error.message.replace(/^error: /, '').replaceAll('\n', ' '),
      facts: [],
      remedy: 'Run with --help for usage.',
      more: [],
    };
  return {
    exitCode: EXIT.unexpected,
    headline: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    facts: error instanceof Error && withStack ? (error.stack ?? '').split('\n').slice(1) : [],
    remedy: 'This is a bug in describe-image. Please report it with the output of --verbose.',
    more: [],
  };
}

function printText(
  { headline, facts, remedy, more }: ErrorDescription,
  options: OptionValues,
  context: CliContext,
): void {
  const paint = palette(context.stderr, options, context);
  context.stderr.write(`${paint.red(paint.bold('error:'))} ${printable(headline)}\n`);
  for (const line of [...facts, ...(remedy === undefined ? [] : [remedy]), ...more])
    context.stderr.write(`  ${printable(line)}\n`);
}
