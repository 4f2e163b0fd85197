import { type EndpointOptions, resolveEndpoint } from '../endpoints/resolve-endpoint.ts';
import { CredentialsError, ValidationError } from '../errors/errors.ts';
import type { CredentialProvider, Credentials } from '../protocol/credentials.ts';
import type { Endpoint } from '../protocol/endpoint.ts';
import type { ProxySetting } from '../transport/proxy-setting.ts';
import type { Send } from '../transport/send.ts';
import type { ClientHooks } from './hooks.ts';

/** How long and how often, for one call. */
export interface CallLimits {
  /** How long one attempt may take, answer included. @defaultValue 10_000 */
  readonly attemptTimeoutMs?: number | undefined;
  /** How long a call may take with all its attempts and waits, from its first attempt on. @defaultValue 60_000 */
  readonly totalTimeoutMs?: number | undefined;
  /** Attempts after the first. `0` turns retrying off. @defaultValue 3 */
  readonly maxRetries?: number | undefined;
}

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

/** setTimeout's own maximum, 2^31 - 1: larger delays fire at once. */
const LONGEST_MS = 2_147_483_647;

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
    ...resolveCallLimits(options, DEFAULT_LIMITS),
    endpoint: resolveEndpoint(options),
    credentials: typeof credentials === 'function' ? credentials : () => credentials,
    concurrency: within('concurrency', options.concurrency ?? 64, 1, 65_535),
    shareEqualReads: options.shareEqualReads ?? true,
    proxy: options.proxy ?? 'environment',
  };
}

const DEFAULT_LIMITS: ResolvedCallLimits = {
  attemptTimeoutMs: 10_000,
  totalTimeoutMs: 60_000,
  maxRetries: 3,
};

/** @throws {@link ValidationError} naming the limit. */
export function resolveCallLimits(limits: CallLimits, defaults: ResolvedCallLimits): ResolvedCallLimits {
  return {
    attemptTimeoutMs: within(
      'attemptTimeoutMs',
      limits.attemptTimeoutMs ?? defaults.attemptTimeoutMs,
      1,
      LONGEST_MS,
    ),
    totalTimeoutMs: within('totalTimeoutMs', limits.totalTimeoutMs ?? defaults.totalTimeoutMs, 1, LONGEST_MS),
    maxRetries: within('maxRetries', limits.maxRetries ?? defaults.maxRetries, 0, 100),
  };
}

/** Limits with every default applied. */
export interface ResolvedCallLimits {
  readonly attemptTimeoutMs: number;
  readonly totalTimeoutMs: number;
  readonly maxRetries: number;
}

function within(name: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new ValidationError(`${name}: wanted a whole number from ${least} to ${most}, got ${value}`);
}
