import { type AnyDescribeImageError, DescribeImageError } from '../errors/errors.ts';
import { resolveCallLimits } from './call-limits.ts';
import type { CallOptions } from './operation.ts';
import { createRetryQuota, type RetryQuota, RetryRules } from './retry-rules.ts';
import { createServiceClock, type ServiceClock } from './service-clock.ts';

/** What one attempt is given. @public */
export interface AttemptContext {
  /** From 1. */
  readonly attempt: number;
  /** Time limit of this attempt in milliseconds: `attemptTimeoutMs`, or what is left of the total. */
  readonly timeoutMs: number;
  /** Add this to the local time when the request is signed. */
  readonly clockOffsetMs: number;
  /**
   * Present when the service has just called the credentials expired. Sign with new ones; if there are none, throw this error.
   */
  readonly expired: AnyDescribeImageError | undefined;
}

/** A retry about to be waited for. @public */
export interface PlannedRetry {
  /** The attempt that failed. */
  readonly attempt: number;
  readonly delayMs: number;
  readonly error: AnyDescribeImageError;
}

/** What a host supplies to {@link callWithRetries}. @public */
export interface RetryHost<Result> {
  /** Signs, sends and reads once. Errors that are no DescribeImageError end the call. */
  readonly attempt: (context: AttemptContext) => Promise<Result>;
  /** Waits. If it rejects, the call ends with that error. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** From 0 to 1: `Math.random`. */
  readonly random: () => number;
  /** Wall clock in milliseconds: `Date.now`. */
  readonly now: () => number;
  /** A clock that never steps, in milliseconds, for durations: `performance.now`. @defaultValue `now` */
  readonly monotonicNow?: (() => number) | undefined;
  readonly onRetry?: ((retry: PlannedRetry) => void) | undefined;
}

/** What the calls of one client have in common, and the limits of this one. @public */
export interface RetryOptions extends CallOptions {
  /** Whether the operation is safe to send twice. */
  readonly idempotent: boolean;
  /** Keep one for all calls, so that a corrected clock is corrected for all. @defaultValue a new one */
  readonly clock?: ServiceClock | undefined;
  /** Keep one for all calls. @defaultValue a new one */
  readonly quota?: RetryQuota | undefined;
}

/**
 * Repeats an attempt until it succeeds or another one cannot help: backoff with jitter within the limits, and two recoveries that
 * cost no retry: a wrong local clock is corrected once, expired credentials are renewed once. It sends nothing and waits for nothing
 * by itself, so hosts with an HTTP client of their own can use it.
 *
 * @throws the last attempt's error, with `attempts` set.
 *
 * @example
 * ```ts
 * import { type Answer, callWithRetries, DescribeImageError, type Operation } from '@describe-image/core/protocol';
 *
 * declare function sendOnce<Output>(operation: Operation<never, Output>, date: Date): Promise<Answer<Output>>;
 * declare function sleep(milliseconds: number): Promise<void>;
 *
 * export function call<Output>(operation: Operation<never, Output>): Promise<Answer<Output>> {
 *   return callWithRetries(
 *     {
 *       attempt: ({ clockOffsetMs }) => sendOnce(operation, new Date(Date.now() + clockOffsetMs)),
 *       sleep,
 *       random: Math.random,
 *       now: Date.now,
 *     },
 *     { idempotent: operation.idempotent, maxRetries: 5 },
 *   );
 * }
 * ```
 *
 * @public
 */
export async function callWithRetries<Result>(
  { attempt, sleep, random, now, monotonicNow = now, onRetry }: RetryHost<Result>,
  options: RetryOptions,
): Promise<Result> {
  const { attemptTimeoutMs, totalTimeoutMs, maxRetries } = resolveCallLimits(options);
  const { idempotent, clock = createServiceClock(), quota = createRetryQuota(), sharedTotal = {} } = options;
  const rules = new RetryRules({ maxRetries, idempotent }, clock, quota);
  sharedTotal.deadline ??= monotonicNow() + totalTimeoutMs;
  const leftMs = (): number => (sharedTotal.deadline ?? 0) - monotonicNow();
  let expired: AnyDescribeImageError | undefined;

  for (let attempts = 1; ; attempts++) {
    const clockOffsetMs = clock.offsetMs;
    try {
      const timeoutMs = Math.max(Math.min(attemptTimeoutMs, leftMs()), 1);
      const result = await attempt({ attempt: attempts, timeoutMs, clockOffsetMs, expired });
      rules.afterSuccess();
      return result;
    } catch (error) {
      // Without new credentials the request was not sent again.
      if (error === expired || !DescribeImageError.isInstance(error)) throw error;
      error.attempts = attempts;
      const step = rules.afterFailure(error, {
        nowMs: now(),
        leftMs: leftMs(),
        signedWithOffsetMs: clockOffsetMs,
        random: random(),
      });
      if (!step.again) throw error;
      expired = step.reason === 'credentials' ? error : undefined;
      if (step.reason !== 'retry') continue;
      onRetry?.({ attempt: attempts, delayMs: step.delayMs, error });
      await sleep(step.delayMs);
    }
  }
}
