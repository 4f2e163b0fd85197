import type { AnyDescribeImageError } from '../../errors/errors.ts';
import { type RetryState, retryDecision } from './retry-decision.ts';
import { type RetryQuota, refill, takeTokens } from './retry-quota.ts';
import type { ServiceClock } from './service-clock.ts';

/** The costs are those of the standard retry mode of the AWS SDKs. */
const RETRY_COST = 5;
const TIMEOUT_COST = 10;

/** What to do after a failed attempt. */
export type NextStep =
  | { readonly again: false }
  | {
      readonly again: true;
      readonly delayMs: number;
      /** `clock` and `credentials` are recoveries: they cost no retry and happen once per call. */
      readonly reason: 'retry' | 'clock' | 'credentials';
    };

/** Facts about a failed attempt besides its error. */
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

/**
 * The state of one call's retries. After each failed attempt it decides on a recovery (clock, credentials) or on a retry, which
 * {@link retryDecision} and the quota must allow.
 */
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
    // A wait that would end after the total time limit is not started.
    if (!decision.retry || decision.delayMs >= leftMs) return STOP;
    const cost = error.code === 'Timeout' ? TIMEOUT_COST : RETRY_COST;
    if (!takeTokens(this.#quota, cost)) return STOP;
    this.#lastCost = cost;
    this.#retries++;
    return { again: true, delayMs: decision.delayMs, reason: 'retry' };
  }

  /** Puts the tokens of the last retry back. */
  afterSuccess(): void {
    refill(this.#quota, this.#lastCost);
  }
}
