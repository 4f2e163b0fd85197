import type { AnyDescribeImageError } from './any-describe-image-error.ts';

// Survives two copies of the package in one program, which instanceof does not.
const marker: symbol = /* @__PURE__ */ Symbol.for('@describe-image/core.error');

/** What is known about a failure besides its message. */
export interface ErrorDetails {
  /** The service's own code, for example `Throttling.User`. */
  readonly apiCode?: string | undefined;
  readonly requestId?: string | undefined;
  /** HTTP status. */
  readonly status?: number | undefined;
  /** The vendor's troubleshooting page for this very answer. */
  readonly recommend?: string | undefined;
  /** How long the service asked to wait, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/**
 * The base of everything this package throws. A subclass exists where a caller would act differently; switch on
 * {@link DescribeImageError.code}.
 *
 * @example
 * ```ts
 * import { DescribeImageError } from '@describe-image/core';
 *
 * export function explain(error: unknown): string {
 *   if (!DescribeImageError.isInstance(error)) throw error;
 *   return `${error.message}\n${error.remedy} (request ${error.requestId ?? 'not answered'})`;
 * }
 * ```
 *
 * @public
 */
export abstract class DescribeImageError extends Error {
  /** The class of failure, by what a caller can do about it. */
  abstract get code(): string;
  /** What to do next, in a sentence. */
  abstract readonly remedy: string;
  /** Whether sending the same call again can succeed. The client has already done so, within its limits. */
  readonly retryable: boolean = false;
  readonly apiCode: string | undefined;
  readonly requestId: string | undefined;
  readonly status: number | undefined;
  readonly recommend: string | undefined;
  readonly retryAfterMs: number | undefined;
  /** How many requests were sent. 0 when the call was refused before any was. */
  attempts = 0;
  /** Host that was asked. */
  endpoint: string | undefined;

  constructor(
    message: string,
    { apiCode, requestId, status, recommend, retryAfterMs, cause }: ErrorDetails = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.apiCode = apiCode;
    this.requestId = requestId;
    this.status = status;
    this.recommend = recommend;
    this.retryAfterMs = retryAfterMs;
    Object.defineProperty(this, marker, { value: true });
  }

  override get name(): string {
    return `${this.code}Error`;
  }

  /** For logs: every field but the stack and the cause. */
  toJSON(): Record<string, unknown> {
    return { name: this.name, code: this.code, message: this.message, ...(this as object) };
  }

  /** Recognises errors of any copy of this package. */
  static isInstance(error: unknown): error is AnyDescribeImageError {
    return typeof error === 'object' && error !== null && marker in error;
  }
}
