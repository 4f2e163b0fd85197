import type { ConnectionOptions } from 'node:tls';
import type { Endpoint, SignedRequest } from '../../protocol/request.ts';
import { loadModule } from '../load-module.ts';
import type { TlsTarget } from '../tls-options.ts';
import type { Exchange, Receiver, Transport } from '../transport.ts';
import { SocketConnection } from './socket-connection.ts';

const READ_BUFFER_BYTES = 64 * 1024;

/** The direct route to one endpoint over `node:net` or `node:tls`, with keep-alive. */
export async function openSocketRoute(endpoint: Endpoint, tls: TlsTarget): Promise<Transport> {
  const net = await loadModule('node:net');
  const buffer = Buffer.allocUnsafeSlow(READ_BUFFER_BYTES);
  const host = endpoint.hostname.replace(/^\[|]$/g, '');
  const options = { host, port: endpoint.port, noDelay: true, keepAlive: true };
  if (endpoint.protocol === 'http:')
    return new SocketRoute((connection) =>
      connection.attach(
        net.connect({ ...options, onread: { buffer, callback: connection.receive } }),
        'connect',
      ),
    );

  const { connect, createSecureContext } = await loadModule('node:tls');
  let session: Buffer | undefined;
  const tlsOptions: ConnectionOptions = {
    ...options,
    secureContext: tls.secureContext ?? createSecureContext(),
    servername: tls.servername ?? (net.isIP(host) === 0 ? host : ''),
    ALPNProtocols: ['http/1.1'],
  };
  return new SocketRoute((connection) => {
    // The types of `tls.connect` leave out `onread`, which its documentation has.
    const onread = { onread: { buffer, callback: connection.receive } };
    const socket = connect({ ...tlsOptions, ...(session && { session }), ...(onread as ConnectionOptions) });
    socket.on('session', (ticket) => {
      session = ticket;
    });
    socket.on('error', () => {
      session = undefined;
    });
    connection.attach(socket, 'secureConnect');
  });
}

/**
 * The sockets to one endpoint. A socket is opened only if none is idle, so there are at most as many as requests in flight, which the
 * client limits by `concurrency`.
 */
class SocketRoute implements Transport {
  readonly #connect: (connection: SocketConnection) => void;
  readonly #connections = new Set<SocketConnection>();
  /** The socket that was used last is at the end and is used first. */
  readonly #idle: SocketConnection[] = [];

  constructor(connect: (connection: SocketConnection) => void) {
    this.#connect = connect;
  }

  start(request: SignedRequest, receiver: Receiver): Exchange {
    for (let idle = this.#idle.pop(); idle !== undefined; idle = this.#idle.pop()) {
      if (idle.isUsable) return idle.start(request, receiver);
      idle.close();
    }
    const connection = new SocketConnection(this);
    this.#connections.add(connection);
    const exchange = connection.start(request, receiver);
    try {
      this.#connect(connection);
    } catch (error) {
      // Receivers are never called from inside `start`.
      process.nextTick(() => connection.close(error));
    }
    return exchange;
  }

  close(): void {
    for (const connection of this.#connections) connection.close();
  }

  onIdle(connection: SocketConnection): void {
    this.#idle.push(connection);
  }

  onClosed(connection: SocketConnection): void {
    this.#connections.delete(connection);
    const index = this.#idle.indexOf(connection);
    if (index >= 0) this.#idle.splice(index, 1);
  }
}
