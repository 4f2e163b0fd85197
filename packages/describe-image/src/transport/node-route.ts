import type * as Http from 'node:http';
import type * as Https from 'node:https';
import type { Socket } from 'node:net';
import { NetworkError } from '../errors/network-error.ts';
import type { Endpoint } from '../protocol/endpoint.ts';
import { loadModule } from './load-module.ts';

/** How requests to one origin travel. */
export interface NodeRoute {
  readonly request: typeof Http.request;
  readonly agent: Http.Agent;
  readonly target: { readonly host: string; readonly port: number };
  /** The origin, where a proxy wants whole URLs. */
  readonly pathPrefix: string;
  /** Names and values that go before the signed headers. */
  readonly headers: readonly string[];
}

interface Loaded {
  readonly http: typeof Http;
  readonly https: typeof Https | undefined;
  readonly maxSockets: number;
}

/** Connects directly, or through a proxy: with whole URLs for http, with a CONNECT tunnel for https. */
export async function routeThrough(
  endpoint: Endpoint,
  proxy: URL | undefined,
  loaded: Loaded,
): Promise<NodeRoute> {
  const { http, https, maxSockets } = loaded;
  const options = { keepAlive: true, maxSockets, scheduling: 'lifo' } as const;
  const target = { host: endpoint.hostname.replace(/^\[|\]$/g, ''), port: endpoint.port };
  if (endpoint.protocol === 'https:' && https !== undefined) {
    const agent = new https.Agent(options);
    if (proxy !== undefined) await tunnelThrough(agent, proxy, target, { http, https });
    return { request: https.request, agent, target, pathPrefix: '', headers: [] };
  }
  if (proxy === undefined)
    return { request: http.request, agent: new http.Agent(options), target, pathPrefix: '', headers: [] };
  const { request, Agent } = proxy.protocol === 'https:' && https !== undefined ? https : http;
  return {
    request,
    agent: new Agent(options),
    target: { host: proxy.hostname, port: portOf(proxy) },
    pathPrefix: `http://${endpoint.host}`,
    headers: authorization(proxy),
  };
}

/** Makes the agent open its sockets inside a CONNECT tunnel. */
async function tunnelThrough(
  agent: Https.Agent,
  proxy: URL,
  target: NodeRoute['target'],
  { http, https }: { readonly http: typeof Http; readonly https: typeof Https },
): Promise<void> {
  const tls = await loadModule('node:tls');
  const authority = `${target.host.includes(':') ? `[${target.host}]` : target.host}:${target.port}`;
  agent.createConnection = (_options, done) => {
    const connect = (proxy.protocol === 'https:' ? https : http).request({
      host: proxy.hostname,
      port: portOf(proxy),
      method: 'CONNECT',
      path: authority,
      headers: ['host', authority, ...authorization(proxy)],
      agent: false,
    });
    connect.once('connect', (response, socket: Socket) => {
      if (response.statusCode === 200) {
        done?.(
          null,
          tls.connect({
            socket,
            servername: isAddress(target.host) ? '' : target.host,
            ALPNProtocols: ['http/1.1'],
          }),
        );
        return;
      }
      socket.destroy();
      done?.(
        new NetworkError(`the proxy ${proxy.host} refused a tunnel: HTTP ${response.statusCode}`),
        socket,
      );
    });
    connect.once('error', (error) => done?.(error, connect.socket as Socket));
    connect.end();
    return undefined;
  };
}

/** TLS names hosts, never addresses. */
function isAddress(host: string): boolean {
  return host.includes(':') || /^[\d.]+$/.test(host);
}

function portOf(url: URL): number {
  return Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
}

function authorization({ username, password }: URL): string[] {
  if (username === '') return [];
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return ['proxy-authorization', `Basic ${Buffer.from(pair).toString('base64')}`];
}
