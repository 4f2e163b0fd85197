import type { ConnectionOptions } from 'node:tls';
import { AbortError } from '../../errors/errors.ts';
import type { Endpoint, SignedRequest } from '../../protocol/request.ts';
import { loadModule } from '../load-module.ts';
import type { TlsTarget } from '../tls-context.ts';
import type { Exchange, Receiver, Transport } from '../transport.ts';
import { type ConnectionOwner, SocketConnection } from './socket-connection.ts';
import { SocketExchange } from './socket-exchange.ts';

const READ_BUFFER_BYTES = 64 * 1024;
/** Firewalls drop connections that are idle for minutes without notice. */
const MAX_IDLE_MS = 30_000;
/** An idle connection is given up this long before the server closes it. */
const CLOSING_MARGIN_MS = 1_000;

/** The direct route to one endpoint over `node:net` or `node:tls`: a bounded pool of keep-alive sockets. */
export async function openSocketRoute(
  endpoint: Endpoint,
  maxSockets: number,
  tls: TlsTarget,
): Promise<Transport> {
  const net = await loadModule('node:net');
  const buffer = Buffer.allocUnsafeSlow(READ_BUFFER_BYTES);
  const host = endpoint.hostname.replace(/^\[|]$/g, '');
  const options = { host, port: endpoint.port, noDelay: true, keepAlive: true };
  if (endpoint.protocol === 'http:')
    return new SocketRoute(maxSockets, (connection) =>
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
  return new SocketRoute(maxSockets, (connection) => {
    // The types of `tls.connect` leave out `onread`, which its documentation has.
    const onread = { onread: { buffer, callback: connection.receive } };
    const socket = connect({ ...tlsOptions, ...(session && { session }), ...(onread as ConnectionOptions) });
    socket.on('session', (ticket) => {
      session = ticket;
    });
    socket.once('error', () => {
      session = undefined;
    });
    connection.attach(socket, 'secureConnect');
  });
}

class SocketRoute implements Transport, ConnectionOwner {
  readonly #maxSockets: number;
  readonly #connect: (connection: SocketConnection) => void;
  readonly #connections = new Set<SocketConnection>();
  /** The one used last is at the end and is reused first. */
  readonly #idle: SocketConnection[] = [];
  readonly #waiting = new Set<SocketExchange>();
  #sweeper: NodeJS.Timeout | undefined;

  constructor(maxSockets: number, connect: (connection: SocketConnection) => void) {
    this.#maxSockets = maxSockets;
    this.#connect = connect;
  }

  start(request: SignedRequest, receiver: Receiver): Exchange {
    const exchange = new SocketExchange(request, receiver);
    const connection = this.#takeIdle();
    if (connection !== undefined) connection.run(exchange);
    else if (this.#connections.size < this.#maxSockets) this.#open(exchange);
    else {
      this.#waiting.add(exchange);
      exchange.stop = () => this.#waiting.delete(exchange);
    }
    return exchange;
  }

  close(): void {
    clearTimeout(this.#sweeper);
    this.#sweeper = undefined;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const connection of this.#connections) connection.destroy();
    for (const exchange of waiting) exchange.fail(new AbortError('the client was closed'));
  }

  onIdle(connection: SocketConnection, idleTimeoutMs: number | undefined): void {
    const next = this.#takeWaiting();
    if (next !== undefined) {
      connection.run(next);
      return;
    }
    const idleMs = Math.min((idleTimeoutMs ?? Number.POSITIVE_INFINITY) - CLOSING_MARGIN_MS, MAX_IDLE_MS);
    connection.usableUntil = performance.now() + idleMs;
    this.#idle.push(connection);
    this.#sweeper ??= setTimeout(() => this.#sweep(), MAX_IDLE_MS).unref();
  }

  onClosed(connection: SocketConnection): void {
    this.#connections.delete(connection);
    const index = this.#idle.indexOf(connection);
    if (index >= 0) this.#idle.splice(index, 1);
    const next = this.#takeWaiting();
    if (next !== undefined) this.#open(next);
  }

  #open(exchange: SocketExchange): void {
    const connection = new SocketConnection(this);
    this.#connections.add(connection);
    connection.run(exchange);
    this.#connect(connection);
  }

  #takeIdle(): SocketConnection | undefined {
    for (let connection = this.#idle.pop(); connection !== undefined; connection = this.#idle.pop()) {
      if (performance.now() < connection.usableUntil) return connection;
      connection.destroy();
    }
    return undefined;
  }

  #takeWaiting(): SocketExchange | undefined {
    for (const exchange of this.#waiting) {
      this.#waiting.delete(exchange);
      return exchange;
    }
    return undefined;
  }

  #sweep(): void {
    this.#sweeper = undefined;
    const now = performance.now();
    for (const connection of [...this.#idle]) if (connection.usableUntil <= now) connection.destroy();
    if (this.#idle.length > 0) this.#sweeper = setTimeout(() => this.#sweep(), MAX_IDLE_MS).unref();
  }
}
