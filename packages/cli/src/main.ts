import { Command, CommanderError } from 'commander';
import type { CliContext } from './context.ts';
import { EXIT } from './exit-codes.ts';
import { buildProgram } from './program.ts';

/** The command line as a function: everything but the process itself. Never throws. */
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
    // Commander has said what is wrong, or shown the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.found : EXIT.usage;
    const { reportError } = await import('./report-error.ts');
    return reportError(error, program.opts(), context);
  }
}
