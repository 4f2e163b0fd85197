import { ServiceError } from '../errors/errors.ts';
import type { HttpResponse, SignedRequest } from '../protocol/request.ts';

/** The limits of one attempt. @public */
export interface SendOptions {
  /** Time limit in milliseconds, including the body of the answer. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Sends a signed request unchanged and returns the response, whatever its status. It follows no redirect, since that would carry
 * the signature elsewhere. It rejects with a NetworkError when no complete answer arrived, a TimeoutError after `timeoutMs` and an
 * AbortError on `signal`.
 *
 * @public
 */
export type Send = (request: SignedRequest, options: SendOptions) => Promise<HttpResponse>;

/** Far above any answer of the API: a page of the inventory has some tens of KiB. */
export const MAX_RESPONSE_BYTES: number = 32 * 1024 * 1024;

/** @throws {@link ServiceError} above {@link MAX_RESPONSE_BYTES}. */
export function checkSize(bytes: number): void {
  if (bytes > MAX_RESPONSE_BYTES) throw tooLarge();
}

export function tooLarge(): ServiceError {
  return new ServiceError(`the answer is larger than ${MAX_RESPONSE_BYTES} bytes`);
}

export function unknownEncoding(encoding: string, status: number): ServiceError {
  return new ServiceError(`the answer is in an encoding that was not asked for: ${encoding}`, { status });
}
