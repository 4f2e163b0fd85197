import type * as Http from 'node:http';
import type * as Https from 'node:https';
import type { Endpoint } from '../protocol/endpoint.ts';
import { loadModule } from './load-module.ts';

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
  proxy: URL | undefined,
  maxSockets: number,
): Promise<NodeRoute> {
  const secure = endpoint.protocol === 'https:';
  const { request, Agent } = secure ? await loadModule('node:https') : await loadModule('node:http');
  const host = endpoint.hostname.replace(/^\[|]$/g, '');
  const agent = new Agent({ keepAlive: true, maxSockets, scheduling: 'lifo' });
  if (proxy !== undefined) {
    const { tunnelThrough } = await import('./tunnel-through.ts');
    await tunnelThrough(agent, proxy, { host, port: endpoint.port, secure });
  }
  return { request, agent, host, port: endpoint.port };
}
