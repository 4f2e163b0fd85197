import type { AnyDescribeImageError } from '../errors/errors.ts';
import { type RetryState, retryDecision } from './retry-decision.ts';
import type { ServiceClock } from './service-clock.ts';

/**
 * Bounds the retries of all calls of a client together, so that an outage is not answered with a multiple of the requests. Retries
 * take tokens out of the bucket, successful calls put them back.
 *
 * @see {@link https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html | Retry quota of the AWS SDKs}
 * @public
 */
export interface RetryQuota {
  /** Tokens left. */
  tokens: number;
}

/** The costs are those of the AWS SDKs' standard mode. */
const QUOTA_TOKENS = 500;
const RETRY_COST = 5;
const TIMEOUT_COST = 10;

/** A full bucket: enough for a hundred retries without a success between them. @public */
export function createRetryQuota(): RetryQuota {
  return { tokens: QUOTA_TOKENS };
}

/** What to do after a failed attempt. */
export type NextStep =
  | { readonly again: false }
  | {
      readonly again: true;
      readonly delayMs: number;
      /** `clock` and `credentials` are recoveries: they cost no retry and happen once per call. */
      readonly reason: 'retry' | 'clock' | 'credentials';
    };

/** The moment at which an attempt failed. */
export interface FailedAttempt {
  /** Wall clock, for clock skew. */
  readonly nowMs: number;
  /** Milliseconds until the total time limit. */
  readonly leftMs: number;
  /** The offset that the attempt was signed with. */
  readonly signedWithOffsetMs: number;
  /** From 0 to 1. */
  readonly random: number;
}

const STOP: NextStep = { again: false };

/** The retries of one call: decides after each failed attempt, and remembers what the decision depends on. */
export class RetryRules {
  readonly #maxRetries: number;
  readonly #idempotent: boolean;
  readonly #clock: ServiceClock;
  readonly #quota: RetryQuota;
  #retries = 0;
  #answerLost = false;
  #clockCorrected = false;
  #credentialsRenewed = false;
  #lastCost = 1;

  constructor(
    { maxRetries, idempotent }: Pick<RetryState, 'maxRetries' | 'idempotent'>,
    clock: ServiceClock,
    quota: RetryQuota,
  ) {
    this.#maxRetries = maxRetries;
    this.#idempotent = idempotent;
    this.#clock = clock;
    this.#quota = quota;
  }

  afterFailure(
    error: AnyDescribeImageError,
    { nowMs, leftMs, signedWithOffsetMs, random }: FailedAttempt,
  ): NextStep {
    if (leftMs <= 0) return STOP;
    if (error.code === 'ClockSkew') {
      if (!this.#clockCorrected && this.#clock.correct(error.serverTimeMs, signedWithOffsetMs, nowMs)) {
        this.#clockCorrected = true;
        return { again: true, delayMs: 0, reason: 'clock' };
      }
      if (error.serverTimeMs !== undefined) error.offsetMs = error.serverTimeMs - nowMs;
    }
    if (error.apiCode === 'InvalidSecurityToken.Expired' && !this.#credentialsRenewed) {
      this.#credentialsRenewed = true;
      return { again: true, delayMs: 0, reason: 'credentials' };
    }
    this.#answerLost ||= error.code === 'Network' || error.code === 'Timeout';
    const decision = retryDecision(error, {
      retries: this.#retries,
      maxRetries: this.#maxRetries,
      idempotent: this.#idempotent,
      answerLost: this.#answerLost,
      random,
    });
    // A wait that would end after the total is not begun.
    if (!decision.retry || decision.delayMs >= leftMs) return STOP;
    const cost = error.code === 'Timeout' ? TIMEOUT_COST : RETRY_COST;
    if (this.#quota.tokens < cost) return STOP;
    this.#quota.tokens -= cost;
    this.#lastCost = cost;
    this.#retries++;
    return { again: true, delayMs: decision.delayMs, reason: 'retry' };
  }

  /** Puts the tokens of the last retry back. */
  afterSuccess(): void {
    refill(this.#quota, this.#lastCost);
  }
}

/** Puts tokens back after a success: those of the last retry, or one if there was none. */
export function refill(quota: RetryQuota, tokens = 1): void {
  quota.tokens = Math.min(quota.tokens + tokens, QUOTA_TOKENS);
}
