import type { CommandInput } from '../command-definition.ts';
import type { CliContext } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';

/** Loads only what the arguments need: a lookup by ids is one request, and starts fastest. */
export async function run(input: CommandInput, context: CliContext): Promise<ExitCode> {
  const { args, options } = input;
  if (args.length === 0 && options.text('file') === undefined)
    return (await import('./digest-by-ids.ts')).run(input, context);
  return (await import('./digest-by-reference.ts')).run(input, context);
}
