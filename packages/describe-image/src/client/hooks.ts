import type { AnyDescribeImageError } from '../errors/errors.ts';

/** A request about to be sent, without anything secret. */
export interface RequestEvent {
  readonly action: string;
  readonly endpoint: string;
  /** From 1. */
  readonly attempt: number;
  readonly method: string;
  readonly query: string;
  /** Authorization and security token are struck out. */
  readonly headers: Readonly<Record<string, string>>;
}

/** An answer, good or bad. */
export interface ResponseEvent {
  readonly action: string;
  readonly endpoint: string;
  readonly attempt: number;
  readonly status: number;
  readonly requestId: string | undefined;
  readonly durationMs: number;
}

/** A wait before the next attempt. */
export interface RetryEvent {
  readonly action: string;
  readonly endpoint: string;
  /** The attempt that failed. */
  readonly attempt: number;
  readonly delayMs: number;
  readonly error: AnyDescribeImageError;
}

/** For logs, metrics and traces. What a hook throws, the call throws. */
export interface ClientHooks {
  readonly onRequest?: ((event: RequestEvent) => void) | undefined;
  readonly onResponse?: ((event: ResponseEvent) => void) | undefined;
  readonly onRetry?: ((event: RetryEvent) => void) | undefined;
}
