import {
  type Client,
  type ClientHooks,
  type ClientOptions,
  type CredentialProvider,
  type Credentials,
  CredentialsError,
  checkRegion,
} from '@describe-image/core';
import type { CommandInput } from './command-definition.ts';
import { UsageError } from './command-error.ts';
import type { CliContext, CliStream } from './context.ts';
import { keyChoice } from './key-options.ts';
import { type LazyCredentials, lazyCredentials } from './open-credentials.ts';
import { printable } from './output/terminal.ts';

export interface ClientSettings {
  /** Keys to use instead of searching for some. */
  readonly keys?: Credentials | undefined;
  /** Keys to use when none are found, for commands that send nothing. */
  readonly placeholder?: Credentials | undefined;
  /** Limits that apply when their flags are not given. */
  readonly defaults?: Pick<ClientOptions, 'maxRetries' | 'totalTimeoutMs' | 'attemptTimeoutMs'> | undefined;
  readonly onRetry?: ClientHooks['onRetry'];
  /** Whether the command starts without keys, and each call reports that they are missing. */
  readonly startsWithoutKeys?: boolean | undefined;
}

/** Creates the client of a command, and closes its sockets however the command ends. */
export async function withClient<Result>(
  input: CommandInput,
  context: CliContext,
  use: (client: Client) => Promise<Result>,
  settings: ClientSettings = {},
): Promise<Result> {
  warnAboutRegions(input, context);
  const credentials = credentialsFor(input, context, settings);
  const region = await profileRegion(input, context, credentials).catch((error: unknown) => {
    if (settings.startsWithoutKeys && CredentialsError.isInstance(error)) return undefined;
    throw error;
  });
  const client = await context.createClient(clientOptionsFrom(input, context, credentials.provider, region));
  try {
    return await use(client);
  } finally {
    client.close();
  }
}

/** The client options from the global flags, the environment and the region of the profile. */
export function clientOptionsFrom(
  { options }: CommandInput,
  { environment, stderr }: CliContext,
  credentials: CredentialProvider,
  region?: string,
): ClientOptions {
  return {
    credentials,
    endpoint: options.text('endpoint') ?? (environment['DESCRIBE_IMAGE_ENDPOINT'] || undefined),
    region: options.text('region') ?? (environment['ALIBABA_CLOUD_REGION_ID'] || region),
    network: options.choice('network', NETWORKS, 'public'),
    totalTimeoutMs: options.number('timeout'),
    attemptTimeoutMs: options.number('attemptTimeout'),
    maxRetries: options.number('retries'),
    ...(options.flag('verbose') ? verboseHooks(stderr) : {}),
  };
}

/**
 * The region of the profile, if nothing else selects the endpoint. Keys in the environment have no region, so the credentials are not
 * read for them.
 */
async function profileRegion(
  { options }: CommandInput,
  { environment, signal }: CliContext,
  { region }: LazyCredentials,
): Promise<string | undefined> {
  const isSelected =
    (options.text('endpoint') ?? options.text('region')) !== undefined ||
    environment['DESCRIBE_IMAGE_ENDPOINT'] ||
    environment['ALIBABA_CLOUD_REGION_ID'];
  const isWithoutProfile =
    options.text('profile') === undefined && environment['ALIBABA_CLOUD_ACCESS_KEY_ID'];
  return isSelected || isWithoutProfile ? undefined : await region(signal);
}

/** Warns about a region that is probably misspelled: an inventory has no images in it. @throws UsageError for a text that is no region id. */
export function warnAboutRegions({ options }: CommandInput, { stderr }: Pick<CliContext, 'stderr'>): void {
  for (const flag of ['region', 'imageRegion']) {
    const region = options.text(flag);
    if (region === undefined) continue;
    const { status, nearest } = checkRegion(region);
    const name = flag === 'region' ? '--region' : '--image-region';
    if (status === 'invalid')
      throw new UsageError(
        `${name}: expected a region id such as cn-hangzhou, got ${JSON.stringify(region)}`,
        `Did you mean ${name} ${nearest}?`,
      );
    if (status === 'undocumented')
      stderr.write(
        `warning: ${name} ${printable(region)} is not a documented region; did you mean ${nearest}?\n`,
      );
  }
}

function credentialsFor(
  { options }: CommandInput,
  context: CliContext,
  { keys, placeholder }: ClientSettings,
): LazyCredentials {
  if (keys !== undefined) return { provider: () => keys, region: async () => undefined };
  const found = lazyCredentials(keyChoice(options), context);
  return placeholder === undefined ? found : orPlaceholder(found, placeholder, context.stderr);
}

function orPlaceholder(
  { provider, region }: LazyCredentials,
  placeholder: Credentials,
  stderr: CliStream,
): LazyCredentials {
  let isNoted = false;
  const onFailure = (error: unknown): void => {
    if (!CredentialsError.isInstance(error)) throw error;
    if (!isNoted) stderr.write('note: no keys were found, so the signature is that of a placeholder key\n');
    isNoted = true;
  };
  return {
    async provider(request) {
      try {
        return await provider(request);
      } catch (error) {
        onFailure(error);
        return placeholder;
      }
    },
    async region(signal) {
      try {
        return await region(signal);
      } catch (error) {
        onFailure(error);
        return undefined;
      }
    },
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
