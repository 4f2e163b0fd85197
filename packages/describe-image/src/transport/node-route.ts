import type * as Http from 'node:http';
import type * as Https from 'node:https';
import type { Endpoint } from '../protocol/endpoint.ts';
import { loadModule } from './load-module.ts';
import type { ProxySetting } from './proxy-setting.ts';

/** How requests to one origin travel. */
export interface NodeRoute {
  readonly request: typeof Http.request;
  readonly agent: Http.Agent | Https.Agent;
  readonly host: string;
  readonly port: number;
}

/** Connects directly, or inside a tunnel through the proxy. */
export async function openRoute(
  endpoint: Endpoint,
  proxySetting: ProxySetting,
  maxSockets: number,
): Promise<NodeRoute> {
  const secure = endpoint.protocol === 'https:';
  const { request, Agent } = secure ? await loadModule('node:https') : await loadModule('node:http');
  const host = endpoint.hostname.replace(/^\[|]$/g, '');
  const agent = new Agent({ keepAlive: true, maxSockets, scheduling: 'lifo' });
  if (mayNeedProxy(proxySetting)) {
    const { tunnelThroughProxy } = await import('./tunnel-through-proxy.ts');
    await tunnelThroughProxy(agent, endpoint, proxySetting);
  }
  return { request, agent, host, port: endpoint.port };
}

/** Most environments name no proxy: they need not load what reads the settings. */
function mayNeedProxy(setting: ProxySetting): boolean {
  if (setting !== 'environment') return setting !== false;
  return Object.keys(process.env).some((name) => /_proxy$/i.test(name));
}
