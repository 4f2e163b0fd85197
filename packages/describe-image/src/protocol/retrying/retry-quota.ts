/**
 * Bounds the retries of all calls of a client together, so that an outage is not answered with a multiple of the requests. A retry
 * takes tokens from the quota, a successful call puts some back.
 *
 * @see {@link https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html | Retry quota of the AWS SDKs}
 * @public
 */
export interface RetryQuota {
  /** Tokens left. */
  tokens: number;
}

const QUOTA_TOKENS = 500;

/** A full quota: enough for a hundred retries without a success between them. @public */
export function createRetryQuota(): RetryQuota {
  return { tokens: QUOTA_TOKENS };
}

/** Takes the tokens of a retry. Returns false if there are not enough. */
export function takeTokens(quota: RetryQuota, tokens: number): boolean {
  if (quota.tokens < tokens) return false;
  quota.tokens -= tokens;
  return true;
}

/** Puts tokens back after a success: those of the call's last retry, or one if it had none. */
export function refill(quota: RetryQuota, tokens = 1): void {
  quota.tokens = Math.min(quota.tokens + tokens, QUOTA_TOKENS);
}
