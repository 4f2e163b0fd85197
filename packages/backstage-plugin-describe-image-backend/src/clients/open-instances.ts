import { type Client, createClient, type ResponseEvent } from '@describe-image/core';
import { assumeRole, defaultCredentials } from '@describe-image/core/credentials';
import type { InstanceConfig } from '../config/instance-config.ts';
import { consoleUrlOf } from './console-url.ts';
import type { Instances } from './instance.ts';

/** A person waits for these calls: what takes longer is told as a failure. */
const TOTAL_TIMEOUT_MS = 20_000;
const REGION_OF_SITE = { china: 'cn-hangzhou', international: 'ap-southeast-1' } as const;

/** One client per configured account, each with its own keys, sockets and pace. */
export function openInstances(
  configs: readonly InstanceConfig[],
  onResponse: (instance: string, event: ResponseEvent) => void,
): Instances {
  const opened = configs.map((config) => {
    const { name } = config;
    const client = openClient(config, (event) => onResponse(name, event));
    return {
      client,
      instance: { name, call: client.call, consoleUrl: consoleUrlOf(config, client.endpoint) },
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
