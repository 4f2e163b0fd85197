import type { SignedRequest } from '../../protocol/request.ts';
import { networkError } from '../network-error.ts';
import type { Exchange, Receiver } from '../transport.ts';
import { headerLookup, type ResponseHead } from './response-head.ts';

/** A request that waits for a socket or has one. */
export class SocketExchange implements Exchange {
  readonly request: SignedRequest;
  /** Stops the work on this exchange. It changes as the exchange moves from the queue to a socket. */
  stop: (() => void) | undefined;
  #receiver: Receiver | undefined;

  constructor(request: SignedRequest, receiver: Receiver) {
    this.request = request;
    this.#receiver = receiver;
  }

  cancel(): void {
    if (this.#receiver === undefined) return;
    this.#receiver = undefined;
    this.stop?.();
  }

  succeed(head: ResponseHead, text: string | undefined, bytes: Buffer | undefined): void {
    const { status, lines, contentEncoding } = head;
    this.stop = undefined;
    if (bytes === undefined) {
      this.#respond(status, lines, text ?? '');
      return;
    }
    import('../decode-body.ts')
      .then(({ decodeBody }) => decodeBody(bytes, contentEncoding ?? '', status))
      .then(
        (decoded) => this.#respond(status, lines, decoded),
        (error: unknown) => this.fail(error),
      );
  }

  fail(cause: unknown): void {
    const receiver = this.#receiver;
    this.#receiver = this.stop = undefined;
    receiver?.onError(networkError(this.request.endpoint.host, cause));
  }

  #respond(status: number, lines: string, body: string): void {
    const receiver = this.#receiver;
    this.#receiver = undefined;
    receiver?.onResponse({ status, header: headerLookup(lines), body });
  }
}
