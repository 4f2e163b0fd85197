import type { HttpResponse, SignedRequest } from '../protocol/request.ts';

/**
 * Receives the outcome of one exchange: exactly one call, and none after `cancel`. It may be called before `start` returns.
 */
export interface Receiver {
  onResponse(response: HttpResponse): void;
  /** @param error - NetworkError or ServiceError; anything else ends the call without a retry. */
  onError(error: Error): void;
}

/** A request that has been handed to a transport. */
export interface Exchange {
  /** Ends the exchange and closes its socket. Has no effect after the outcome or a previous call. */
  cancel(): void;
}

/**
 * Sends signed requests. It follows no redirect, since that would carry the signature elsewhere. The client owns deadlines and
 * aborts: it calls {@link Exchange.cancel}.
 */
export interface Transport {
  /** @param timeoutMs - The time after which the client cancels the exchange. The transport needs no timer of its own. */
  start(request: SignedRequest, receiver: Receiver, timeoutMs: number): Exchange;
  /** Closes all sockets. Exchanges in flight end with an error, or have been cancelled before. */
  close?(): void;
}
