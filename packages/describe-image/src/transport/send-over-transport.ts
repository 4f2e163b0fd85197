import type { HttpResponse } from '../protocol/request.ts';
import type { Send } from './send.ts';
import type { Transport } from './transport.ts';
import { withDeadline } from './with-deadline.ts';

/** Adapts a transport for callers outside of a client, which has deadlines of its own. */
export function sendOverTransport(transport: Transport): Send {
  return (request, options) =>
    withDeadline(request.endpoint.host, options, (signal) => {
      signal.throwIfAborted();
      return new Promise<HttpResponse>((resolve, reject) => {
        const receiver = { onResponse: resolve, onError: reject };
        const exchange = transport.start(request, receiver, options.timeoutMs);
        const cancel = (): void => {
          exchange.cancel();
          reject(signal.reason);
        };
        signal.addEventListener('abort', cancel, { once: true });
      });
    });
}
