import type { Client } from '@describe-image/core';
import { clientOptionsFrom } from './client-options-from.ts';
import type { CommandInput } from './command-definition.ts';
import type { CliContext } from './context.ts';
import { keyChoice } from './key-options.ts';
import { lazyCredentials } from './open-credentials.ts';

/** Opens a client as the global options say, and lets go of its sockets whatever happens. */
export async function withClient<Result>(
  input: CommandInput,
  context: CliContext,
  use: (client: Client) => Promise<Result>,
): Promise<Result> {
  const credentials = lazyCredentials(keyChoice(input.options), context);
  const client = await context.createClient(clientOptionsFrom(input, context, credentials));
  try {
    return await use(client);
  } finally {
    client.close();
  }
}
