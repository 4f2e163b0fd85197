import type { Client, ClientOptions } from '@describe-image/core';
import type { CommandInput } from './command-definition.ts';
import type { CliContext } from './context.ts';
import { credentialsFromEnvironment } from './credentials-from-environment.ts';
import { verboseHooks } from './output/verbose-hooks.ts';

/** Opens a client as the global options say, and lets go of its sockets whatever happens. */
export async function withClient<Result>(
  { options }: CommandInput,
  context: CliContext,
  use: (client: Client) => Promise<Result>,
): Promise<Result> {
  const { environment } = context;
  const clientOptions: ClientOptions = {
    credentials: () => credentialsFromEnvironment(environment),
    endpoint: options.text('endpoint') ?? (environment['DESCRIBE_IMAGE_ENDPOINT'] || undefined),
    region: options.text('region') ?? (environment['ALIBABA_CLOUD_REGION_ID'] || undefined),
    network: options.choice('network', NETWORKS, 'public'),
    totalTimeoutMs: options.number('timeout'),
    attemptTimeoutMs: options.number('attemptTimeout'),
    maxRetries: options.number('retries'),
    ...(options.flag('verbose') ? verboseHooks(context.stderr) : {}),
  };
  const client = await context.createClient(clientOptions);
  try {
    return await use(client);
  } finally {
    client.close();
  }
}

const NETWORKS = ['public', 'vpc'] as const;
