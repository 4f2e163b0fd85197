import type { CommandDefinition, CommandInput } from '../command-definition.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';

const COMMANDS = ['digest', 'images'] as const;

export const policyCommand: CommandDefinition = {
  name: 'policy',
  summary: 'print the RAM policy that commands need',
  description: [
    'Prints the smallest RAM policy that allows the given commands. Without arguments: all commands. Needs no keys.',
  ],
  argument: {
    notation: '[commands...]',
    description: 'the commands to allow',
    choices: COMMANDS,
  },
  options: [],
  examples: [
    ['describe-image policy', 'the policy for all commands'],
    ['describe-image policy images', 'the policy for `images` only'],
  ],
  load: async () => ({ run }),
};

async function run({ args }: CommandInput, { stdout }: CliContext): Promise<ExitCode> {
  const { ramPolicy } = await import('@describe-image/core');
  const { jsonDocument } = await import('../output/json.ts');
  const commands = COMMANDS.filter((command) => args.length === 0 || args.includes(command));
  const operations = await Promise.all(commands.map(operationsOf));
  const actions = operations.flat().map(({ ramAction }) => ramAction);
  stdout.write(jsonDocument(ramPolicy([...new Set(actions)].sort())));
  return EXIT.found;
}

async function operationsOf(
  command: (typeof COMMANDS)[number],
): Promise<readonly { readonly ramAction: string }[]> {
  const { operations } =
    command === 'digest' ? await import('./digest-run.ts') : await import('./images-run.ts');
  return operations;
}
