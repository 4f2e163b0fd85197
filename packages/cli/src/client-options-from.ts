import type { ClientOptions, CredentialProvider } from '@describe-image/core';
import type { CommandInput } from './command-definition.ts';
import type { CliContext } from './context.ts';
import { verboseHooks } from './output/verbose-hooks.ts';

/** What the global options and the environment say of a client. */
export function clientOptionsFrom(
  { options }: CommandInput,
  { environment, stderr }: CliContext,
  credentials: CredentialProvider,
): ClientOptions {
  return {
    credentials,
    endpoint: options.text('endpoint') ?? (environment['DESCRIBE_IMAGE_ENDPOINT'] || undefined),
    region: options.text('region') ?? (environment['ALIBABA_CLOUD_REGION_ID'] || undefined),
    network: options.choice('network', NETWORKS, 'public'),
    totalTimeoutMs: options.number('timeout'),
    attemptTimeoutMs: options.number('attemptTimeout'),
    maxRetries: options.number('retries'),
    ...(options.flag('verbose') ? verboseHooks(stderr) : {}),
  };
}

const NETWORKS = ['public', 'vpc'] as const;
