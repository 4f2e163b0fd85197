import type { AnyDescribeImageError } from '../errors/errors.ts';

/** Whether to send again, and after how long. */
export type RetryDecision = { readonly retry: false } | { readonly retry: true; readonly delayMs: number };

/** What the decision depends on besides the error. */
export interface RetryState {
  /** Retries made so far. */
  readonly retries: number;
  readonly maxRetries: number;
  readonly idempotent: boolean;
  /** An earlier attempt of this call got no answer, so it may have arrived. */
  readonly answerLost: boolean;
  /** From 0 to 1, drawn by the caller. */
  readonly random: number;
}

const STOP: RetryDecision = { retry: false };
const BASE_MS = 250;
const MAX_BACKOFF_MS = 8_000;
/** The vendor's own command line never waits longer than this for an `x-acs-retry-after`. */
const MAX_SERVER_DELAY_MS = 60_000;

/**
 * Decides; does not wait. Full jitter, unless the service said how long.
 *
 * @see {@link https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ | Full jitter}
 * @public
 */
export function retryDecision(error: AnyDescribeImageError, state: RetryState): RetryDecision {
  if (state.retries >= state.maxRetries) return STOP;
  if (!canHelp(error, state)) return STOP;
  const backoffMs = Math.min(BASE_MS * 2 ** state.retries, MAX_BACKOFF_MS) * state.random;
  const askedMs = error.retryAfterMs;
  return { retry: true, delayMs: askedMs === undefined ? backoffMs : Math.min(askedMs, MAX_SERVER_DELAY_MS) };
}

function canHelp(error: AnyDescribeImageError, { idempotent, answerLost }: RetryState): boolean {
  switch (error.code) {
    case 'Throttling':
      return true; // refused before it was read
    case 'Network':
    case 'Timeout':
      return idempotent; // it may have been carried out although its answer was lost
    case 'Service':
      return error.retryable && idempotent;
    case 'Signature':
      // The first attempt did arrive, its answer did not: the same nonce seen twice by the gateway.
      return error.apiCode === 'SignatureNonceUsed' && answerLost && idempotent;
    default:
      return false;
  }
}
