import type { Socket } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import type { Endpoint, SignedRequest } from '../../../protocol/request.ts';
import type { Exchange, Receiver, Transport } from '../../transport.ts';
import { loadModule } from '../load-module.ts';
import type { TlsTarget } from '../tls-options.ts';
import { type Receive, SocketConnection } from './socket-connection.ts';
import { SocketExchange } from './socket-exchange.ts';

const READ_BUFFER_BYTES = 64 * 1024;

/** The direct route to one endpoint over `node:net` or `node:tls`, with keep-alive. */
export async function openSocketRoute(endpoint: Endpoint, tls: TlsTarget): Promise<Transport> {
  const net = await loadModule('node:net');
  // All sockets read into one buffer.
  const buffer = Buffer.allocUnsafeSlow(READ_BUFFER_BYTES);
  const host = endpoint.hostname.replace(/^\[|]$/g, '');
  const options = { host, port: endpoint.port, noDelay: true, keepAlive: true };
  if (endpoint.protocol === 'http:')
    return new SocketRoute((callback) => net.connect({ ...options, onread: { buffer, callback } }));

  const { connect, createSecureContext } = await loadModule('node:tls');
  let session: Buffer | undefined;
  const tlsOptions: ConnectionOptions = {
    ...options,
    secureContext: tls.secureContext ?? createSecureContext(),
    servername: tls.servername ?? (net.isIP(host) === 0 ? host : ''),
    ALPNProtocols: ['http/1.1'],
  };
  return new SocketRoute((callback) => {
    // The types of `tls.connect` leave out `onread`, which its documentation has.
    const onread = { onread: { buffer, callback } } as ConnectionOptions;
    const socket = connect({ ...tlsOptions, ...(session && { session }), ...onread });
    socket.on('session', (ticket) => {
      session = ticket;
    });
    socket.on('error', () => {
      session = undefined;
    });
    return socket;
  });
}

/**
 * The sockets to one endpoint. A socket is opened only if none is idle, so there are at most as many as requests in flight, which the
 * client limits by `concurrency`.
 */
class SocketRoute implements Transport {
  readonly #connect: (receive: Receive) => Socket;
  readonly #connections = new Set<SocketConnection>();
  /** The socket that was used last is at the end and is used first. */
  readonly #idle: SocketConnection[] = [];

  constructor(connect: (receive: Receive) => Socket) {
    this.#connect = connect;
  }

  start(request: SignedRequest, receiver: Receiver): Exchange {
    const exchange = new SocketExchange(request, receiver);
    let connection = this.#idle.pop();
    while (connection !== undefined && !connection.isUsable) {
      connection.close();
      connection = this.#idle.pop();
    }
    connection ??= new SocketConnection(this.#idle, this.#connections, this.#connect);
    connection.start(exchange);
    return exchange;
  }

  close(): void {
    for (const connection of this.#connections) connection.close();
  }
}
