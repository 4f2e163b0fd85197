import type { CommandDefinition, CommandInput } from '../command-definition.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';

/** The commands that send requests to Security Center. */
const COMMANDS = ['digest', 'images', 'vulns', 'verify', 'pin', 'wait', 'watch', 'mcp', 'doctor'] as const;
/** `doctor` also tries actions that no command needs. */
const DEFAULT: readonly (typeof COMMANDS)[number][] = [
  'digest',
  'images',
  'vulns',
  'verify',
  'pin',
  'wait',
  'watch',
  'mcp',
];

export const policyCommand: CommandDefinition = {
  name: 'policy',
  summary: 'print the RAM policy that commands need',
  description: [
    'Prints the smallest RAM policy that allows the given commands. Without arguments: all commands but doctor, which also tries actions that no other command needs. Needs no keys.',
  ],
  argument: {
    notation: '[commands...]',
    description: 'the commands to allow',
    choices: COMMANDS,
  },
  options: [],
  examples: [
    ['describe-image policy', 'the policy for all commands but doctor'],
    ['describe-image policy images', 'the policy for `images` only'],
  ],
  load: async () => ({ run }),
};

async function run({ args }: CommandInput, { stdout }: CliContext): Promise<ExitCode> {
  const { ramPolicy } = await import('@describe-image/core');
  const { jsonDocument } = await import('../output/json.ts');
  const commands = args.length === 0 ? DEFAULT : COMMANDS.filter((command) => args.includes(command));
  const operations = await Promise.all(commands.map(operationsOf));
  const actions = operations.flat().map(({ ramAction }) => ramAction);
  stdout.write(jsonDocument(ramPolicy([...new Set(actions)].sort())));
  return EXIT.found;
}

const OPERATIONS = {
  digest: () => import('./digest-operations.ts'),
  images: () => import('./images-run.ts'),
  vulns: () => import('../vulns/vulns-run.ts'),
  verify: () => import('../verify/verify-run.ts'),
  pin: () => import('./pin-run.ts'),
  wait: () => import('../wait/wait-run.ts'),
  watch: () => import('../watch/watch-run.ts'),
  mcp: () => import('../mcp/mcp-run.ts'),
  doctor: () => import('./doctor-run.ts'),
} as const;

async function operationsOf(
  command: (typeof COMMANDS)[number],
): Promise<readonly { readonly ramAction: string }[]> {
  return (await OPERATIONS[command]()).operations;
}
