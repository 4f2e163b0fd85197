import { type Call, type Client, createClient, type ResponseEvent } from '@describe-image/core';
import { assumeRole, defaultCredentials } from '@describe-image/core/credentials';
import { type Endpoint, resolveEndpoint } from '@describe-image/core/protocol';
import type { InstanceConfig } from '../config/instance-config.ts';
import type { CircuitBreakers } from './circuit-breaker.ts';

/** A configured account with its client. */
export interface Instance {
  readonly name: string;
  readonly call: Call;
  /** Maximum number of concurrent look-ups. */
  readonly concurrency: number;
  /** Link to Security Center's console for this account. */
  readonly consoleUrl: string | undefined;
}

/** The configured accounts. */
export interface Instances {
  /** Returns the instance with this name, or the first one without a name. */
  find(name: string | undefined): Instance | undefined;
  readonly all: readonly Instance[];
  /** Closes the sockets of all clients. */
  close(): void;
}

/** A user waits for these calls. */
const TOTAL_TIMEOUT_MS = 20_000;
const REGION_OF_SITE = { china: 'cn-hangzhou', international: 'ap-southeast-1' } as const;

/** Creates one client per configured account, each with its own keys, sockets and rate limit. */
export function openInstances(
  configs: readonly InstanceConfig[],
  breakers: CircuitBreakers,
  onResponse: (instance: string, event: ResponseEvent) => void,
): Instances {
  const opened = configs.map((config) => {
    const { name, concurrency } = config;
    const client = openClient(config, (event) => onResponse(name, event));
    const call = breakers.protect(client.endpoint.host, client.call);
    return {
      client,
      instance: { name, call, concurrency, consoleUrl: consoleUrlOf(config, client.endpoint) },
    };
  });
  const all = opened.map(({ instance }) => instance);
  return {
    all,
    find: (name) => (name === undefined ? all[0] : all.find((instance) => instance.name === name)),
    close: () => {
      for (const { client } of opened) client.close();
    },
  };
}

function openClient(config: InstanceConfig, onResponse: (event: ResponseEvent) => void): Client {
  const { site, region, network, endpoint, requestsPerSecond, concurrency } = config;
  return createClient({
    credentials: credentialsOf(config),
    region: region ?? (site && REGION_OF_SITE[site]),
    network,
    endpoint,
    requestsPerSecond,
    concurrency,
    totalTimeoutMs: TOTAL_TIMEOUT_MS,
    onResponse,
  });
}

function credentialsOf(config: InstanceConfig) {
  const { accessKeyId, accessKeySecret, securityToken, roleArn, roleSessionName, externalId, stsEndpoint } =
    config;
  const keys =
    accessKeyId === undefined || accessKeySecret === undefined
      ? defaultCredentials()
      : { accessKeyId, accessKeySecret, securityToken };
  return roleArn === undefined
    ? keys
    : assumeRole(keys, { roleArn, roleSessionName, externalId, stsEndpoint });
}

/** Start pages of the console. The vendor documents no URL of a single image. */
const CHINA_CONSOLE = 'https://yundun.console.aliyun.com/?p=sas';
const INTERNATIONAL_CONSOLE = 'https://yundun.console.alibabacloud.com/?p=sas';

/** The console of an account, or `undefined` when neither endpoint nor region identifies its site. */
export function consoleUrlOf({ consoleUrl, region }: InstanceConfig, { host }: Endpoint): string | undefined {
  if (consoleUrl !== undefined) return consoleUrl;
  if (host === resolveEndpoint({ region: REGION_OF_SITE.china }).host) return CHINA_CONSOLE;
  if (host === resolveEndpoint({ region: REGION_OF_SITE.international }).host) return INTERNATIONAL_CONSOLE;
  if (region !== undefined) return region.startsWith('cn-') ? CHINA_CONSOLE : INTERNATIONAL_CONSOLE;
  return undefined;
}
