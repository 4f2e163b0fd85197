import type { Socket } from 'node:net';
import type { SignedRequest } from '../../protocol/request.ts';
import type { Exchange, Receiver } from '../transport.ts';
import { ResponseReader } from './response-reader.ts';
import { SocketExchange } from './socket-exchange.ts';

/** What a connection reports to its pool. */
interface Pool {
  onIdle(connection: SocketConnection): void;
  onClosed(connection: SocketConnection): void;
}

/** Firewalls drop connections that are idle for minutes without notice. */
const MAX_IDLE_MS = 30_000;
/** An idle connection is not used again this long before the server closes it. */
const CLOSING_MARGIN_MS = 1_000;

/** One socket, with one exchange at a time and no pipelining. */
export class SocketConnection {
  readonly #pool: Pool;
  readonly #reader = new ResponseReader();
  #socket: Socket | undefined;
  #exchange: SocketExchange | undefined;
  #isConnected = false;
  #isClosed = false;
  /** A time of `performance.now()`. */
  #usableUntil = Number.POSITIVE_INFINITY;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  get isUsable(): boolean {
    return performance.now() < this.#usableUntil;
  }

  /** Takes over a socket that is connecting and reads into {@link receive}. */
  attach(socket: Socket, connectedEvent: 'connect' | 'secureConnect'): void {
    this.#socket = socket;
    // TLS: nothing is written before the certificate has been verified.
    socket.once(connectedEvent, () => {
      this.#isConnected = true;
      if (this.#exchange !== undefined) this.#write(this.#exchange);
    });
    socket.on('error', (error) => this.close(error));
    socket.once('end', () => {
      const exchange = this.#exchange;
      if (exchange !== undefined && this.#reader.end()) this.#succeed(exchange, false);
      else this.close(new Error('the connection was closed before the response was complete'));
    });
    socket.once('close', () => this.close());
  }

  /** Starts an exchange on an idle or a connecting socket. */
  start(request: SignedRequest, receiver: Receiver): Exchange {
    const exchange = new SocketExchange(request, receiver, () => this.close());
    this.#exchange = exchange;
    if (this.#isConnected) {
      this.#socket?.ref();
      this.#write(exchange);
    }
    return exchange;
  }

  /** Passed to the socket as `onread`. All connections share the buffer, so every byte is used or copied here. */
  readonly receive = (length: number, bytes: Buffer): boolean => {
    const exchange = this.#exchange;
    let isComplete = false;
    try {
      if (exchange === undefined) throw new Error('the server sent bytes without a request');
      isComplete = this.#reader.read(bytes, length);
    } catch (error) {
      this.close(error);
    }
    // Not within the try: errors of the receiver are its own.
    if (isComplete && exchange !== undefined) this.#succeed(exchange, this.#reader.reusable);
    return true;
  };

  close(error: unknown = new Error('the connection was closed')): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const exchange = this.#exchange;
    this.#exchange = undefined;
    this.#socket?.destroy();
    this.#pool.onClosed(this);
    exchange?.fail(error);
  }

  #write({ request, text }: SocketExchange): void {
    this.#socket?.write(text);
    if (typeof request.body === 'object') this.#socket?.write(request.body);
  }

  #succeed(exchange: SocketExchange, reusable: boolean): void {
    const { head, text, bytes } = this.#reader;
    if (head === undefined) return;
    this.#exchange = undefined;
    if (reusable) {
      this.#reader.reset();
      // As with Node's agents, an idle socket does not keep the process running.
      this.#socket?.unref();
      const idleTimeoutMs = head.idleTimeoutMs ?? Number.POSITIVE_INFINITY;
      this.#usableUntil = performance.now() + Math.min(idleTimeoutMs - CLOSING_MARGIN_MS, MAX_IDLE_MS);
      this.#pool.onIdle(this);
    } else this.close();
    exchange.succeed(head, text, bytes);
  }
}
