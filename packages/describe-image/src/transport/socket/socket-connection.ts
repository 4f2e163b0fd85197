import type { Socket } from 'node:net';
import { requestText } from './request-text.ts';
import { ResponseReader } from './response-reader.ts';
import type { SocketExchange } from './socket-exchange.ts';

/** What a connection reports to its pool. */
export interface ConnectionOwner {
  /** It can carry another exchange, for `idleTimeoutMs` at most where the server set a limit. */
  onIdle(connection: SocketConnection, idleTimeoutMs: number | undefined): void;
  onClosed(connection: SocketConnection): void;
}

/** One socket, with one exchange at a time and no pipelining. */
export class SocketConnection {
  /** A time of `performance.now()` from which the connection must not be used again. */
  usableUntil: number = Number.POSITIVE_INFINITY;
  readonly #owner: ConnectionOwner;
  readonly #reader = new ResponseReader();
  #socket: Socket | undefined;
  #exchange: SocketExchange | undefined;
  #connected = false;
  #closed = false;

  constructor(owner: ConnectionOwner) {
    this.#owner = owner;
  }

  /** Takes over a socket that is connecting and reads into `receive`. */
  attach(socket: Socket, connectedEvent: 'connect' | 'secureConnect'): void {
    this.#socket = socket;
    // TLS: nothing is written before the certificate has been verified.
    socket.once(connectedEvent, () => {
      this.#connected = true;
      if (this.#exchange !== undefined) this.#write(socket, this.#exchange);
    });
    socket.once('error', (error) => this.#close(error));
    socket.once('end', () => this.#end());
    socket.once('close', () => this.#close(new Error('the connection was closed')));
  }

  /** Starts an exchange on an idle or connecting socket. */
  run(exchange: SocketExchange): void {
    this.#exchange = exchange;
    exchange.stop = () => this.destroy();
    const socket = this.#socket;
    if (socket === undefined || !this.#connected) return;
    socket.ref();
    this.#write(socket, exchange);
  }

  /** Passed to the socket as `onread`. The buffer is shared by all connections: every byte is used or copied here. */
  readonly receive = (length: number, bytes: Buffer): boolean => {
    const exchange = this.#exchange;
    if (exchange === undefined) {
      this.destroy();
      return false;
    }
    try {
      if (!this.#reader.read(bytes, length)) return true;
    } catch (error) {
      this.#close(error);
      return false;
    }
    this.#succeed(exchange, this.#reader.reusable);
    return true;
  };

  destroy(): void {
    this.#close(new Error('the connection was closed'));
  }

  #write(socket: Socket, { request }: SocketExchange): void {
    try {
      socket.write(requestText(request));
    } catch (error) {
      this.#close(error);
      return;
    }
    if (typeof request.body === 'object') socket.write(request.body);
  }

  #end(): void {
    const exchange = this.#exchange;
    if (exchange !== undefined && this.#reader.end()) this.#succeed(exchange, false);
    else this.#close(new Error('the connection was closed before the response was complete'));
  }

  #succeed(exchange: SocketExchange, reusable: boolean): void {
    const { head, text, bytes } = this.#reader;
    if (head === undefined) return;
    this.#exchange = undefined;
    if (reusable) {
      this.#reader.reset();
      this.#socket?.unref();
      this.#owner.onIdle(this, head.idleTimeoutMs);
    } else this.destroy();
    exchange.succeed(head, text, bytes);
  }

  #close(error: unknown): void {
    if (this.#closed) return;
    this.#closed = true;
    const exchange = this.#exchange;
    this.#exchange = undefined;
    this.#socket?.destroy();
    this.#owner.onClosed(this);
    exchange?.fail(error);
  }
}
