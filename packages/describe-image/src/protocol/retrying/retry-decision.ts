import type { AnyDescribeImageError } from '../../errors/errors.ts';

/** Whether to send again, and after how long. @public */
export type RetryDecision = { readonly retry: false } | { readonly retry: true; readonly delayMs: number };

/** What the decision depends on besides the error. @public */
export interface RetryState {
  /** Retries made so far. */
  readonly retries: number;
  readonly maxRetries: number;
  readonly idempotent: boolean;
  /** Whether an earlier attempt of this call got no answer. The service may have executed it. */
  readonly answerLost: boolean;
  /** From 0 to 1, drawn by the caller. */
  readonly random: number;
}

const STOP: RetryDecision = { retry: false };
const BASE_MS = 250;
const MAX_BACKOFF_MS = 8_000;
/** The vendor's own command line never waits longer than this for an `x-acs-retry-after`. */
const MAX_SERVER_DELAY_MS = 60_000;
/** Spreads the retries of clients that were given the same delay. */
const SERVER_DELAY_JITTER = 0.2;

/**
 * Decides whether to retry, without waiting. The delay is an exponential backoff with full jitter. If the service requested a delay, it is
 * that delay and up to a fifth more.
 *
 * @see {@link https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ | Full jitter}
 * @public
 */
export function retryDecision(error: AnyDescribeImageError, state: RetryState): RetryDecision {
  if (state.retries >= state.maxRetries || !canSucceed(error, state)) return STOP;
  const backoffMs = Math.min(BASE_MS * 2 ** state.retries, MAX_BACKOFF_MS) * state.random;
  // Gateways send zero by default: it requests no delay.
  const requestedMs = Math.min(error.retryAfterMs ?? 0, MAX_SERVER_DELAY_MS);
  return {
    retry: true,
    delayMs: requestedMs > 0 ? requestedMs * (1 + SERVER_DELAY_JITTER * state.random) : backoffMs,
  };
}

function canSucceed(error: AnyDescribeImageError, { idempotent, answerLost }: RetryState): boolean {
  switch (error.code) {
    case 'Throttling':
      return true; // rejected before it was executed
    case 'Network':
    case 'Timeout':
    case 'Service':
      return error.retryable && idempotent; // it may have been executed although its answer was lost
    case 'Signature':
      // The first attempt arrived and its answer did not: the gateway saw the same nonce twice.
      return error.apiCode === 'SignatureNonceUsed' && answerLost && idempotent;
    default:
      return false;
  }
}
