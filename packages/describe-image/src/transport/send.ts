import { ServiceError } from '../errors/errors.ts';
import type { HttpResponse, SignedRequest } from '../protocol/request.ts';

/** What a transport must respect. */
export interface SendOptions {
  /** How long this attempt may take, body included. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Sends the bytes it is given and returns what came back, whatever the status. Follows no redirect: they would carry
 * the signature elsewhere. Rejects with a NetworkError when no complete answer arrived, a TimeoutError past `timeoutMs`
 * and an AbortError on `signal`.
 *
 * @public
 */
export type Send = (request: SignedRequest, options: SendOptions) => Promise<HttpResponse>;

/** A transport that holds sockets, and how to let go of the idle ones. */
export interface Transport {
  readonly send: Send;
  readonly close?: () => void;
}

/** A page of the inventory is three orders of magnitude smaller. */
export const MAX_RESPONSE_BYTES: number = 32 * 1024 * 1024;

/** @throws {@link ServiceError} for an answer too large to be one of this API's. */
export function checkSize(bytes: number): void {
  if (bytes > MAX_RESPONSE_BYTES)
    throw new ServiceError(`the answer is larger than ${MAX_RESPONSE_BYTES} bytes`);
}
