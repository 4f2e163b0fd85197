import type { SignedRequest } from '../../protocol/request.ts';
import { networkError } from '../network-error.ts';
import type { Exchange, Receiver } from '../transport.ts';
import { requestText } from './request-text.ts';
import { headerLookup, type ResponseHead } from './response-head.ts';

/** One request on its socket. Its receiver is called once at most. */
export class SocketExchange implements Exchange {
  readonly request: SignedRequest;
  readonly text: string;
  readonly #closeSocket: () => void;
  #receiver: Receiver | undefined;

  /**
   * @param closeSocket - Closes the socket of the exchange.
   * @throws TypeError for a header that would break the request.
   */
  constructor(request: SignedRequest, receiver: Receiver, closeSocket: () => void) {
    this.request = request;
    this.text = requestText(request);
    this.#receiver = receiver;
    this.#closeSocket = closeSocket;
  }

  cancel(): void {
    if (this.#takeReceiver() !== undefined) this.#closeSocket();
  }

  succeed(head: ResponseHead, text: string | undefined, bytes: Buffer | undefined): void {
    const respond = (body: string): void =>
      this.#takeReceiver()?.onResponse({ status: head.status, header: headerLookup(head.lines), body });
    if (bytes === undefined) respond(text ?? '');
    else
      import('../decode-body.ts')
        .then(({ decodeBody }) => decodeBody(bytes, head.contentEncoding ?? '', head.status))
        .then(respond, (error: unknown) => this.fail(error));
  }

  fail(cause: unknown): void {
    this.#takeReceiver()?.onError(networkError(this.request.endpoint.host, cause));
  }

  #takeReceiver(): Receiver | undefined {
    const receiver = this.#receiver;
    this.#receiver = undefined;
    return receiver;
  }
}
