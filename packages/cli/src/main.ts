import { Command, CommanderError } from 'commander';
import { outputError } from './command-error.ts';
import type { CliContext } from './context.ts';
import { EXIT } from './exit-codes.ts';
import { buildProgram } from './program.ts';

/** Runs a command line and returns its exit code. Never throws. */
export async function main(argv: readonly string[], context: CliContext): Promise<number> {
  const program = new Command();
  const asJson = wantsJson(argv);
  try {
    let exitCode: number = EXIT.found;
    const exit = (code: number): void => {
      exitCode = code;
    };
    buildProgram(program, context, { exit, printsErrors: !asJson });
    await program.parseAsync(unknownHelpTopic(program, argv) ?? argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.found;
    if (error instanceof CommanderError && !asJson) return EXIT.usage;
    const { reportError } = await import('./report-error.ts');
    return reportError(error, { asJson, globalOptions: program.opts() }, context);
  }
}

/** Prints an error of stdout on stderr and returns the exit code. */
export async function reportOutputError(
  error: Error,
  argv: readonly string[],
  context: CliContext,
): Promise<number> {
  const { reportError } = await import('./report-error.ts');
  return reportError(outputError('stdout', error), { asJson: wantsJson(argv), globalOptions: {} }, context);
}

/** `help` prints the general help for a topic that is no command. The name alone is an error with a suggestion. */
function unknownHelpTopic(program: Command, argv: readonly string[]): readonly string[] | undefined {
  const [help, topic, ...rest] = argv;
  if (help !== 'help' || topic === undefined || topic.startsWith('-') || rest.length > 0) return undefined;
  const isKnown = topic === 'help' || program.commands.some((command) => command.name() === topic);
  return isKnown ? undefined : [topic];
}

/** Read from the arguments, because errors of the argument parser are reported as JSON too. */
function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  const options = end < 0 ? argv : argv.slice(0, end);
  return options.some((option, index) => {
    const [, value = options[index + 1]] = /^(?:-o|--output)(?:=?(.+))?$/.exec(option) ?? [undefined, ''];
    return value === 'json' || value === 'ndjson';
  });
}
