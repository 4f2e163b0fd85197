import { type AnyDescribeImageError, DescribeImageError } from '../../errors/errors.ts';
import type { CallOptions } from '../operation.ts';
import { resolveCallLimits } from './call-limits.ts';
import { createRetryQuota, type RetryQuota } from './retry-quota.ts';
import { RetryRules } from './retry-rules.ts';
import { createServiceClock, type ServiceClock } from './service-clock.ts';

/** What an attempt is called with. @public */
export interface AttemptContext {
  /** From 1. */
  readonly attempt: number;
  /** Time limit of this attempt in milliseconds: `attemptTimeoutMs`, or what is left of the total. */
  readonly timeoutMs: number;
  /** Add this to the local time when the request is signed. */
  readonly clockOffsetMs: number;
  /** The service's error for the last attempt, if it reported expired credentials. Sign with new ones; without any, throw this error. */
  readonly expirationError: AnyDescribeImageError | undefined;
}

/** A retry, before its delay. @public */
export interface PlannedRetry {
  /** The attempt that failed. */
  readonly attempt: number;
  readonly delayMs: number;
  readonly error: AnyDescribeImageError;
}

/** What a host supplies to {@link callWithRetries}. @public */
export interface RetryHost<Result> {
  /** Signs, sends and parses the answer. An error that is not a DescribeImageError ends the call. */
  readonly attempt: (context: AttemptContext) => Promise<Result>;
  /** Waits. If it rejects, the call ends with that error. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** From 0 to 1: `Math.random`. */
  readonly random: () => number;
  /** Wall clock in epoch milliseconds: `Date.now`. */
  readonly now: () => number;
  /** A clock that never steps, in milliseconds, for durations: `performance.now`. @defaultValue `now` */
  readonly monotonicNow?: (() => number) | undefined;
  readonly onRetry?: ((retry: PlannedRetry) => void) | undefined;
}

/** The limits of a call, and the state that all calls of one client share. @public */
export interface RetryOptions extends CallOptions {
  /** Whether the operation is safe to send twice. */
  readonly idempotent: boolean;
  /** Use one for all calls, so that each uses the corrected clock. @defaultValue a new one */
  readonly clock?: ServiceClock | undefined;
  /** Use one for all calls. @defaultValue a new one */
  readonly quota?: RetryQuota | undefined;
}

/**
 * Repeats an attempt until it succeeds or another attempt cannot succeed. Retries have a backoff with jitter. Two recoveries are not
 * counted as retries: a wrong local clock is corrected once, and expired credentials are renewed once. Sending and waiting are the
 * host's, so that a host with its own HTTP client can use this loop.
 *
 * @throws the error of the last attempt, with `attempts` set.
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
  let expirationError: AnyDescribeImageError | undefined;

  for (let attempts = 1; ; attempts++) {
    const clockOffsetMs = clock.offsetMs;
    try {
      const timeoutMs = Math.max(Math.min(attemptTimeoutMs, leftMs()), 1);
      const result = await attempt({ attempt: attempts, timeoutMs, clockOffsetMs, expirationError });
      rules.afterSuccess();
      return result;
    } catch (error) {
      // Without new credentials the request was not sent again.
      if (error === expirationError || !DescribeImageError.isInstance(error)) throw error;
      error.attempts = attempts;
      const step = rules.afterFailure(error, {
        nowMs: now(),
        leftMs: leftMs(),
        signedWithOffsetMs: clockOffsetMs,
        random: random(),
      });
      if (!step.again) throw error;
      expirationError = step.reason === 'credentials' ? error : undefined;
      if (step.reason !== 'retry') continue;
      onRetry?.({ attempt: attempts, delayMs: step.delayMs, error });
      await sleep(step.delayMs);
    }
  }
}
