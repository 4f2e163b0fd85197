import type { Agent } from 'node:http';
import { NetworkError } from '../errors/network-error.ts';
import type { Endpoint } from '../protocol/endpoint.ts';
import { loadModule } from './load-module.ts';
import { proxyFor } from './proxy-for.ts';
import type { ProxySetting } from './proxy-setting.ts';

/**
 * Makes an agent open its sockets inside a CONNECT tunnel, whatever the endpoint's scheme, where the settings name a proxy for it.
 *
 * @throws ValidationError for a proxy that is no http(s) URL.
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6 | RFC 9110, CONNECT}
 */
export async function tunnelThroughProxy(
  agent: Agent,
  endpoint: Endpoint,
  setting: ProxySetting,
): Promise<void> {
  const proxy = proxyFor(endpoint, setting);
  if (proxy === undefined) return;
  const host = endpoint.hostname.replace(/^\[|]$/g, '');
  const secure = endpoint.protocol === 'https:';
  const { request } =
    proxy.protocol === 'https:' ? await loadModule('node:https') : await loadModule('node:http');
  const tls = await loadModule('node:tls');
  const isAddress = host.includes(':') || /^[\d.]+$/.test(host);
  const authority = `${host.includes(':') ? `[${host}]` : host}:${endpoint.port}`;
  const headers = ['host', authority, ...authorization(proxy)];
  agent.createConnection = (_options, done) => {
    const connect = request(proxy, { method: 'CONNECT', path: authority, headers, agent: false });
    connect.once('connect', ({ statusCode }, socket) => {
      // TLS names hosts, never addresses.
      if (statusCode === 200)
        return done?.(null, secure ? tls.connect({ socket, servername: isAddress ? '' : host }) : socket);
      socket.destroy();
      done?.(new NetworkError(`the proxy ${proxy.host} refused a tunnel: HTTP ${statusCode}`), socket);
    });
    connect.once('error', (error) => (done as (error: Error) => void)(error)); // no socket goes with an error
    connect.end();
    return undefined;
  };
}

function authorization({ username, password }: URL): string[] {
  if (username === '') return [];
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return ['proxy-authorization', `Basic ${Buffer.from(pair).toString('base64')}`];
}
