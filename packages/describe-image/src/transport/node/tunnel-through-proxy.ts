import type { Agent, ClientRequest } from 'node:http';
import { NetworkError } from '../../errors/errors.ts';
import type { Endpoint } from '../../protocol/request.ts';
import { loadModule } from './load-module.ts';
import { type ProxySetting, proxyFor } from './proxy-for.ts';
import type { TlsTarget } from './tls-options.ts';

/** A proxy that accepts the connection and never answers would otherwise hold a socket forever. */
const TUNNEL_TIMEOUT_MS = 30_000;

/**
 * Makes an agent open its sockets inside a CONNECT tunnel where the settings name a proxy for the endpoint, for http endpoints too.
 *
 * @throws ValidationError for a proxy that is not an http(s) URL.
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6 | RFC 9110, CONNECT}
 */
export async function tunnelThroughProxy(
  agent: Agent,
  endpoint: Endpoint,
  setting: ProxySetting,
  tls: TlsTarget,
): Promise<void> {
  const proxy = proxyFor(endpoint, setting);
  if (proxy === undefined) return;
  const host = endpoint.hostname.replace(/^\[|]$/g, '');
  const secure = endpoint.protocol === 'https:';
  const { request } =
    proxy.protocol === 'https:' ? await loadModule('node:https') : await loadModule('node:http');
  const { connect: connectTls } = await loadModule('node:tls');
  const isAddress = host.includes(':') || /^[\d.]+$/.test(host);
  const authority = `${host.includes(':') ? `[${host}]` : host}:${endpoint.port}`;
  const headers = ['host', authority, ...authorization(proxy)];
  /** Tunnels that are not open yet. The agent has no sockets for them, so `destroy` would leave them open. */
  const opening = new Set<ClientRequest>();
  agent.createConnection = (_options, done) => {
    const connect = request({
      ...proxyAddress(proxy),
      method: 'CONNECT',
      path: authority,
      headers,
      agent: false,
    });
    const timer = setTimeout(() => connect.destroy(), TUNNEL_TIMEOUT_MS);
    const settle = (): void => {
      clearTimeout(timer);
      opening.delete(connect);
    };
    opening.add(connect);
    connect.once('connect', ({ statusCode }, socket) => {
      settle();
      // RFC 6066 allows no addresses as server names. `host` is what the certificate must match.
      if (statusCode === 200)
        return done?.(
          null,
          secure
            ? connectTls({
                socket,
                host,
                servername: isAddress ? '' : host,
                ALPNProtocols: ['http/1.1'],
                ...tls,
              })
            : socket,
        );
      socket.destroy();
      // Another attempt can succeed only after these answers.
      const retryable = statusCode === undefined || statusCode >= 500 || statusCode === 429;
      const message = `the proxy ${proxy.host} refused a tunnel: HTTP ${statusCode}`;
      done?.(new NetworkError(message, { retryable }), socket);
    });
    connect.once('error', (error) => {
      settle();
      (done as (error: Error) => void)(error); // an error has no socket
    });
    connect.end();
    return undefined;
  };
  const destroyOpened = agent.destroy.bind(agent);
  agent.destroy = () => {
    for (const connect of opening) connect.destroy();
    destroyOpened();
  };
}

/** Not the URL itself: Node would decode its user and password, and throws for a bare %. */
function proxyAddress({ protocol, hostname, port }: URL): { readonly host: string; readonly port: number } {
  const defaultPort = protocol === 'https:' ? 443 : 80;
  return { host: hostname.replace(/^\[|]$/g, ''), port: Number(port) || defaultPort };
}

function authorization({ username, password }: URL): string[] {
  if (username === '') return [];
  const pair = `${decodeUnlessMalformed(username)}:${decodeUnlessMalformed(password)}`;
  return ['proxy-authorization', `Basic ${Buffer.from(pair).toString('base64')}`];
}

/** Passwords with a bare % are common and are used unchanged. */
function decodeUnlessMalformed(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
