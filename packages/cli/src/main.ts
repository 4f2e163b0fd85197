import { Command, CommanderError } from 'commander';
import type { CliContext } from './context.ts';
import { EXIT } from './exit-codes.ts';
import { buildProgram } from './program.ts';

/** Runs a command line and returns its exit code. Never throws. */
export async function main(argv: readonly string[], context: CliContext): Promise<number> {
  const program = new Command();
  try {
    let exitCode: number = EXIT.found;
    buildProgram(program, context, (code) => {
      exitCode = code;
    });
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has already printed the error or the help.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.found : EXIT.usage;
    const { reportError } = await import('./report-error.ts');
    return reportError(error, program.opts(), context);
  }
}
