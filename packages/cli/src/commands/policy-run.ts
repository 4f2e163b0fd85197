import { ramPolicy } from '@describe-image/core';
import type { CommandInput } from '../command-definition.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { jsonDocument } from '../output/json.ts';
import { operations as digestOperations } from './digest-run.ts';
import { operations as imagesOperations } from './images-run.ts';

const OPERATIONS: Readonly<Record<string, readonly { readonly ramAction: string }[]>> = {
  digest: digestOperations,
  images: imagesOperations,
};

export async function run({ args }: CommandInput, { stdout }: CliContext): Promise<ExitCode> {
  const commands = args.length === 0 ? Object.keys(OPERATIONS) : args;
  const actions = commands.flatMap((command) => OPERATIONS[command] ?? []).map(({ ramAction }) => ramAction);
  stdout.write(jsonDocument(ramPolicy([...new Set(actions)].sort())));
  return EXIT.found;
}
