import type { AnyDescribeImageError } from '../errors/errors.ts';

/** The fields that all events share. @public */
export interface AttemptEvent {
  /** Counts the requests of a client from 1: the same for all attempts of a call, and for calls that share a request. */
  readonly callId: number;
  readonly action: string;
  /** Host of the endpoint. */
  readonly endpoint: string;
  /** From 1. */
  readonly attempt: number;
}

/** A request about to be sent, without secrets. @public */
export interface RequestEvent extends AttemptEvent {
  readonly method: string;
  readonly query: string;
  /** Authorization and security token are removed. */
  readonly headers: Readonly<Record<string, string>>;
}

/** An answer, whatever its status. @public */
export interface ResponseEvent extends AttemptEvent {
  readonly status: number;
  readonly requestId: string | undefined;
  readonly durationMs: number;
}

/** An attempt without a usable answer: also the last one, and one that failed before it was sent. @public */
export interface AttemptFailedEvent extends AttemptEvent {
  readonly error: AnyDescribeImageError;
  /** Whether the client makes another attempt. */
  readonly willRetry: boolean;
}

/** A wait before the next attempt. @public */
export interface RetryEvent extends AttemptEvent {
  readonly delayMs: number;
  readonly error: AnyDescribeImageError;
}

/**
 * Functions for logs, metrics and traces. A hook cannot fail a call: what it throws, or what its promise rejects with, is ignored.
 *
 * @public
 */
export interface ClientHooks {
  readonly onRequest?: ((event: RequestEvent) => void) | undefined;
  readonly onResponse?: ((event: ResponseEvent) => void) | undefined;
  readonly onAttemptFailed?: ((event: AttemptFailedEvent) => void) | undefined;
  readonly onRetry?: ((event: RetryEvent) => void) | undefined;
}

export const HOOKS = ['onRequest', 'onResponse', 'onAttemptFailed', 'onRetry'] as const;

/** Calls a hook and ignores its failure. */
export function notify<Event>(hook: (event: Event) => unknown, event: Event): void {
  try {
    const result: unknown = hook(event);
    // An async hook returns a promise, although its type does not name one.
    Promise.resolve(result).catch(() => {});
  } catch {
    // As documented above.
  }
}
