import { type EndpointOptions, resolveEndpoint } from '../endpoints/resolve-endpoint.ts';
import { CredentialsError, ValidationError } from '../errors/errors.ts';
import {
  type CallLimits,
  type ResolvedCallLimits,
  requireInteger,
  resolveCallLimits,
} from '../protocol/call-limits.ts';
import type { CredentialProvider, Credentials } from '../protocol/credentials.ts';
import type { Endpoint } from '../protocol/endpoint.ts';
import type { ProxySetting } from '../transport/proxy-setting.ts';
import type { Send } from '../transport/send.ts';
import type { ClientHooks } from './hooks.ts';

/** @public */
export interface ClientOptions extends EndpointOptions, CallLimits, ClientHooks {
  /** Keys, or a function that is asked before every attempt so that rotated keys are picked up. */
  readonly credentials: Credentials | CredentialProvider;
  /** Calls under way at once, and sockets opened. More calls wait for their turn. @defaultValue 64 */
  readonly concurrency?: number | undefined;
  /** An upper bound on the pace, halved while the service throttles. @defaultValue none */
  readonly requestsPerSecond?: number | undefined;
  /** Answer equal reads that are under way at the same time with one request. @defaultValue true */
  readonly shareEqualReads?: boolean | undefined;
  /**
   * `environment` reads `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`; a URL is used for every host; `false` connects
   * directly. Node's default transport only. @defaultValue 'environment'
   */
  readonly proxy?: ProxySetting | undefined;
  /** A transport in place of the default one: `fetchSend(fetch)` or `undiciSend(dispatcher)` from `./transport`, or one's own. */
  readonly send?: Send | undefined;
}

/** What the rest of the client sees: every default applied, nothing left to check. */
export type ResolvedClientOptions = Omit<
  ClientOptions,
  'endpoint' | 'credentials' | 'concurrency' | 'shareEqualReads' | 'proxy' | keyof ResolvedCallLimits
> &
  ResolvedCallLimits & {
    readonly endpoint: Endpoint;
    readonly credentials: CredentialProvider;
    readonly concurrency: number;
    readonly shareEqualReads: boolean;
    readonly proxy: ProxySetting;
  };

/** @throws {@link ValidationError} naming the option, what it got and what it wants. */
export function resolveClientOptions(options: ClientOptions): ResolvedClientOptions {
  const { credentials, requestsPerSecond } = options;
  if (typeof credentials !== 'function' && (typeof credentials !== 'object' || credentials === null))
    throw new CredentialsError(
      'credentials: wanted { accessKeyId, accessKeySecret } or a function that gives them',
    );
  if (requestsPerSecond !== undefined && !(requestsPerSecond > 0 && Number.isFinite(requestsPerSecond)))
    throw new ValidationError(`requestsPerSecond: wanted a number above 0, got ${requestsPerSecond}`);
  return {
    ...options,
    ...resolveCallLimits(options),
    endpoint: resolveEndpoint(options),
    credentials: typeof credentials === 'function' ? credentials : () => credentials,
    concurrency: requireInteger('concurrency', options.concurrency ?? 64, 1, 65_535),
    shareEqualReads: options.shareEqualReads ?? true,
    proxy: options.proxy ?? 'environment',
  };
}
