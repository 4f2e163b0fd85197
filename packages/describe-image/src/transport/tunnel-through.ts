import type { Agent } from 'node:http';
import { NetworkError } from '../errors/network-error.ts';
import { loadModule } from './load-module.ts';

/**
 * Makes an agent open its sockets inside a CONNECT tunnel, whatever the endpoint's scheme.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6 | RFC 9110, CONNECT}
 */
export async function tunnelThrough(
  agent: Agent,
  proxy: URL,
  { host, port, secure }: { readonly host: string; readonly port: number; readonly secure: boolean },
): Promise<void> {
  const { request } =
    proxy.protocol === 'https:' ? await loadModule('node:https') : await loadModule('node:http');
  const tls = await loadModule('node:tls');
  const isAddress = host.includes(':') || /^[\d.]+$/.test(host);
  const authority = `${host.includes(':') ? `[${host}]` : host}:${port}`;
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
