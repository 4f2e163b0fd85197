import { ValidationError } from '../errors/errors.ts';
import { isObject } from '../protocol/is-object.ts';
import type { HttpResponse } from '../protocol/request.ts';
import type { Send } from './send.ts';
import type { Transport } from './transport.ts';

/** Adapts a `Send`: cancelling fires its signal, and what it settles with afterwards is ignored. */
export function transportOverSend(send: Send, close: () => void = () => {}): Transport {
  return {
    start(request, receiver, timeoutMs) {
      const controller = new AbortController();
      const { signal } = controller;
      // A `send` that throws is one that rejects.
      new Promise<unknown>((resolve) => resolve(send(request, { timeoutMs, signal }))).then(
        (response) => {
          if (signal.aborted) return;
          if (isResponse(response)) receiver.onResponse(response);
          else receiver.onError(wrongResponse(response));
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

/** Programs without types can return anything. */
function isResponse(value: unknown): value is HttpResponse {
  if (!isObject(value)) return false;
  const { status, header, body } = value;
  return Number.isInteger(status) && typeof header === 'function' && typeof body === 'string';
}

function wrongResponse(value: unknown): ValidationError {
  const { status, header, body } = isObject(value) ? value : {};
  return new ValidationError(
    `send: the result must have a number status, a function header and a string body, got ${typeof status}, ${typeof header} and ${typeof body}`,
  );
}
