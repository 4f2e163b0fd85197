import { type EndpointOptions, resolveEndpoint } from '../endpoints/resolve-endpoint.ts';
import { CredentialsError, ValidationError } from '../errors/errors.ts';
import type { CredentialProvider, Credentials } from '../protocol/credentials.ts';
import type { Endpoint } from '../protocol/request.ts';
import {
  type CallLimits,
  type ResolvedCallLimits,
  requireInteger,
  resolveCallLimits,
} from '../protocol/retrying/call-limits.ts';
import type { ProxySetting } from '../transport/node/proxy-for.ts';
import type { TlsOptions } from '../transport/node/tls-options.ts';
import type { Send } from '../transport/send.ts';
import { type ClientHooks, HOOKS } from './hooks.ts';

/** The options of `createClient`. Only `credentials` is required. @public */
export interface ClientOptions extends EndpointOptions, CallLimits, ClientHooks {
  /** Keys, or a function that is called before every attempt, so that rotated keys are used. */
  readonly credentials: Credentials | CredentialProvider;
  /** Requests in flight at once, and sockets opened. More calls wait in a queue. @defaultValue 64 */
  readonly concurrency?: number | undefined;
  /** An upper bound on the rate, halved while the service throttles. @defaultValue none */
  readonly requestsPerSecond?: number | undefined;
  /** Send equal reads as one request, if the first has not been sent yet. @defaultValue true */
  readonly shareEqualReads?: boolean | undefined;
  /**
   * `environment` reads `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`; a URL is used for every host; `false` connects
   * directly. Node's default transport only. @defaultValue 'environment' in Node
   */
  readonly proxy?: ProxySetting | undefined;
  /** TLS settings. Node's default transport only. */
  readonly tls?: TlsOptions | undefined;
  /**
   * `node:http` sends every request by Node's own HTTP client. Without it, the client uses its own HTTP/1.1 over `node:net` and
   * `node:tls`, except where Node's is needed: if `proxy` is a URL, if `proxy` is `environment` and the environment has a proxy variable, and
   * if the program hooks `node:http` before the first request to the endpoint, as nock, msw and OpenTelemetry do. Node's default
   * transport only. @defaultValue none
   */
  readonly transport?: 'node:http' | undefined;
  /** Sends in place of the default transport: `fetchSend(fetch)` or `undiciSend(dispatcher)` from `./transport`, or your own. */
  readonly send?: Send | undefined;
}

/** The options after validation, with the defaults applied. */
export interface ResolvedClientOptions extends ClientHooks, ResolvedCallLimits {
  readonly endpoint: Endpoint;
  readonly credentials: Credentials | CredentialProvider;
  readonly concurrency: number;
  readonly requestsPerSecond: number | undefined;
  readonly shareEqualReads: boolean;
  readonly proxy: ProxySetting;
  readonly tls: TlsOptions | undefined;
  readonly transport: 'node:http' | undefined;
  readonly send: Send | undefined;
}

/**
 * @param hasSockets - Whether the default transport supports `proxy`, `tls` and `transport`.
 * @throws {@link ValidationError} naming the option and what it must be.
 */
export function resolveClientOptions(options: ClientOptions, hasSockets: boolean): ResolvedClientOptions {
  const { credentials, requestsPerSecond, shareEqualReads = true, proxy, tls, transport, send } = options;
  if (typeof credentials !== 'function' && (typeof credentials !== 'object' || credentials === null))
    throw new CredentialsError(
      'credentials: must be { accessKeyId, accessKeySecret } or a function that returns them',
    );
  if (requestsPerSecond !== undefined && !(requestsPerSecond > 0 && Number.isFinite(requestsPerSecond)))
    throw new ValidationError(
      `requestsPerSecond: must be a number above 0, got ${String(requestsPerSecond)}`,
    );
  requireType('shareEqualReads', shareEqualReads, 'boolean');
  for (const name of [...HOOKS, 'send'] as const)
    if (options[name] !== undefined) requireType(name, options[name], 'function');
  if (transport !== undefined && transport !== 'node:http')
    throw new ValidationError(
      `transport: must be "node:http" or undefined, got ${JSON.stringify(transport)}`,
    );
  if (proxy !== undefined) checkProxy(proxy);
  if (tls !== undefined) checkTls(tls);
  if (!hasSockets || send !== undefined)
    // Ignoring `proxy` would connect directly, which the network's rules may forbid.
    for (const name of ['proxy', 'tls', 'transport'] as const)
      if (options[name])
        throw new ValidationError(
          `${name}: only Node's default transport supports it. Configure the fetch or dispatcher that sends instead`,
        );
  return {
    ...resolveCallLimits(options),
    endpoint: resolveEndpoint(options),
    credentials,
    concurrency: requireInteger('concurrency', options.concurrency ?? 64, 1, 65_535),
    requestsPerSecond,
    shareEqualReads,
    proxy: proxy ?? 'environment',
    tls,
    transport,
    send,
    onRequest: options.onRequest,
    onResponse: options.onResponse,
    onAttemptFailed: options.onAttemptFailed,
    onRetry: options.onRetry,
  };
}

function requireType(name: string, value: unknown, type: 'boolean' | 'function' | 'string'): void {
  if (typeof value !== type) throw new ValidationError(`${name}: must be a ${type}, got ${typeof value}`);
}

/** The text is not quoted: it may contain a password. */
function checkProxy(proxy: unknown): void {
  if (proxy === false || proxy === 'environment') return;
  const text = typeof proxy === 'string' ? proxy : '';
  const url = text.includes('://') ? text : `http://${text}`;
  if (!/^https?:/i.test(url) || !URL.canParse(url))
    throw new ValidationError(
      'proxy: must be "environment", false, or an http or https URL such as "http://proxy.example:3128"',
    );
}

const TLS_OPTIONS = ['ca', 'minVersion', 'cert', 'key', 'passphrase', 'servername'];

/** Values are not quoted: one is a private key. */
function checkTls(tls: unknown): void {
  if (typeof tls !== 'object' || tls === null)
    throw new ValidationError(`tls: must be an object, got ${typeof tls}`);
  for (const [name, value] of Object.entries(tls)) {
    if (!TLS_OPTIONS.includes(name))
      throw new ValidationError(`tls.${name}: must be one of ${TLS_OPTIONS.join(', ')}`);
    if (value === undefined) continue;
    if (name === 'minVersion' && value !== 'TLSv1.2' && value !== 'TLSv1.3')
      throw new ValidationError('tls.minVersion: must be "TLSv1.2" or "TLSv1.3"');
    const texts = name === 'ca' && Array.isArray(value) ? value : [value];
    const takesBytes = name === 'ca' || name === 'cert' || name === 'key';
    if (!texts.every((text) => typeof text === 'string' || (takesBytes && text instanceof Uint8Array)))
      throw new ValidationError(`tls.${name}: must be ${takesBytes ? 'PEM as text or bytes' : 'text'}`);
  }
}
