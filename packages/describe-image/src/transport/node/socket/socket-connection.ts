import type { Socket } from 'node:net';
import type { SocketExchange } from './socket-exchange.ts';

/** Takes the first `length` bytes of a buffer that the next read overwrites. */
export type Receive = (length: number, bytes: Buffer) => boolean;

/** Firewalls drop connections that are idle for minutes without notice. */
const MAX_IDLE_MS = 30_000;
/** An idle connection is not used again this long before the server closes it. */
const CLOSING_MARGIN_MS = 1_000;

/** One socket, with one exchange at a time and no pipelining. */
export class SocketConnection {
  readonly #idle: SocketConnection[];
  readonly #open: Set<SocketConnection>;
  #socket: Socket | undefined;
  #exchange: SocketExchange | undefined;
  #isConnected = false;
  /** A time of `performance.now()`. */
  #usableUntil = Number.POSITIVE_INFINITY;

  /**
   * @param idle - The connection adds itself when it can carry another exchange.
   * @param open - The connection is in it until it is closed.
   */
  constructor(idle: SocketConnection[], open: Set<SocketConnection>, connect: (receive: Receive) => Socket) {
    this.#idle = idle;
    this.#open = open.add(this);
    try {
      this.#socket = this.#watch(connect((length, bytes) => this.#receive(length, bytes)));
    } catch (error) {
      // Receivers are never called from inside `start`.
      process.nextTick(() => this.close(error));
    }
  }

  get isUsable(): boolean {
    return this.#open.has(this) && performance.now() < this.#usableUntil;
  }

  /** Starts an exchange on an idle or a connecting socket. */
  start(exchange: SocketExchange): void {
    this.#exchange = exchange;
    exchange.connection = this;
    if (!this.#isConnected) return;
    this.#socket?.ref();
    this.#write(exchange);
  }

  close(error: unknown = new Error('the connection was closed')): void {
    if (!this.#open.delete(this)) return;
    this.#socket?.destroy();
    this.#takeExchange()?.fail(error);
  }

  #watch(socket: Socket): Socket {
    // TLS: nothing is written before the certificate has been verified.
    socket.once('encrypted' in socket ? 'secureConnect' : 'connect', () => {
      this.#isConnected = true;
      if (this.#exchange !== undefined) this.#write(this.#exchange);
    });
    socket.on('error', (error) => this.close(error));
    socket.once('end', () => {
      if (this.#exchange?.reader.end() === true) this.#succeed(this.#exchange);
      else this.close(new Error('the connection was closed before the response was complete'));
    });
    return socket.once('close', () => this.close());
  }

  #receive(length: number, bytes: Buffer): boolean {
    const exchange = this.#exchange;
    let isComplete = false;
    try {
      if (exchange === undefined) throw new Error('the server sent bytes without a request');
      isComplete = exchange.reader.read(bytes, length);
    } catch (error) {
      this.close(error);
    }
    // Not within the try: errors of the receiver are its own.
    if (isComplete && exchange !== undefined) this.#succeed(exchange);
    return true;
  }

  #write({ request, text }: SocketExchange): void {
    this.#socket?.write(text);
    if (typeof request.body === 'object') this.#socket?.write(request.body);
  }

  #succeed(exchange: SocketExchange): void {
    const { head, reusable } = exchange.reader;
    this.#takeExchange();
    if (reusable && head !== undefined) {
      // As with Node's agents, an idle socket does not keep the process running.
      this.#socket?.unref();
      const timeout = /(?:^|[\t ,])timeout=(\d{1,6})/i.exec(head.header('keep-alive') ?? '')?.[1];
      const idleMs = Number(timeout ?? Number.POSITIVE_INFINITY) * 1000 - CLOSING_MARGIN_MS;
      this.#usableUntil = performance.now() + Math.min(idleMs, MAX_IDLE_MS);
      this.#idle.push(this);
    } else this.close();
    exchange.succeed();
  }

  #takeExchange(): SocketExchange | undefined {
    const exchange = this.#exchange;
    this.#exchange = undefined;
    if (exchange !== undefined) exchange.connection = undefined;
    return exchange;
  }
}
