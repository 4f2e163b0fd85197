import type { Client, ClientHooks, ClientOptions, CredentialProvider } from '@describe-image/core';
import type { CommandInput } from './command-definition.ts';
import type { CliContext, CliStream } from './context.ts';
import { keyChoice } from './key-options.ts';
import { lazyCredentials } from './open-credentials.ts';
import { printable } from './output/terminal.ts';

/** Creates the client of a command, and closes its sockets however the command ends. */
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

/** The client options from the global flags and the environment. */
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

/** One line per request, response and retry. The events of core contain no secrets. */
function verboseHooks(stderr: CliStream): ClientHooks {
  const print = (line: string): unknown => stderr.write(`${printable(line)}\n`);
  return {
    onRequest: ({ action, endpoint, attempt, method, query }) =>
      print(`> ${method} ${endpoint} ${action}, attempt ${attempt}${query === '' ? '' : `: ${query}`}`),
    onResponse: ({ action, status, requestId, durationMs }) =>
      print(`< ${status} ${action}, ${Math.round(durationMs)} ms, request id ${requestId ?? 'unknown'}`),
    onRetry: ({ action, delayMs, error }) =>
      print(`~ ${action}: retry in ${Math.round(delayMs)} ms after ${error.message}`),
  };
}
