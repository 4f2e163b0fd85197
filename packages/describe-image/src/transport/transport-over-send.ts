import type { Send } from './send.ts';
import type { Transport } from './transport.ts';

/** Adapts a `Send`: cancelling fires its signal, and what it settles with afterwards is ignored. */
export function transportOverSend(send: Send, close: () => void = () => {}): Transport {
  return {
    start(request, receiver, timeoutMs) {
      const controller = new AbortController();
      const { signal } = controller;
      // A `send` that throws is one that rejects.
      new Promise<Awaited<ReturnType<Send>>>((resolve) => resolve(send(request, { timeoutMs, signal }))).then(
        (response) => {
          if (!signal.aborted) receiver.onResponse(response);
        },
        (error: unknown) => {
          if (!signal.aborted) receiver.onError(error instanceof Error ? error : new Error(String(error)));
        },
      );
      return { cancel: () => controller.abort() };
    },
    close,
  };
}
