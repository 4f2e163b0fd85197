import type { SignedRequest } from '../../../protocol/request.ts';
import { networkError } from '../../network-error.ts';
import type { Exchange, Receiver } from '../../transport.ts';
import { requestText } from './request-text.ts';
import { ResponseReader } from './response-reader.ts';

/** One request and its response. Its receiver is called once at most. */
export class SocketExchange implements Exchange {
  readonly request: SignedRequest;
  readonly text: string;
  readonly reader: ResponseReader = new ResponseReader();
  /** Set by the connection while it carries the exchange. */
  connection: { close(): void } | undefined;
  #receiver: Receiver | undefined;

  /** @throws TypeError for a header that would break the request. */
  constructor(request: SignedRequest, receiver: Receiver) {
    this.request = request;
    this.text = requestText(request);
    this.#receiver = receiver;
  }

  cancel(): void {
    this.#receiver = undefined;
    this.connection?.close();
  }

  /** The response is complete. */
  succeed(): void {
    const { head, body } = this.reader;
    if (head === undefined) return;
    const { status, header } = head;
    const respond = (text: string): void => this.#takeReceiver()?.onResponse({ status, header, body: text });
    const encoding = header('content-encoding');
    if (encoding === undefined || /^identity$/i.test(encoding) || body.length === 0) respond(body.toString());
    else {
      // Copied, because the next read overwrites the bytes.
      const bytes = Buffer.from(body);
      import('../decode-body.ts')
        .then(({ decodeBody }) => decodeBody(bytes, encoding, status))
        .then(respond, (error: unknown) => this.fail(error));
    }
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
