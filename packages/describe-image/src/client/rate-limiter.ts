/** Spaces requests out, and slows down when the service says so. */
export interface RateLimiter {
  /** Milliseconds to wait before the next request may be sent. The slot is taken. */
  reserve(nowMs: number): number;
  throttled(nowMs: number): void;
  succeeded(): void;
}

const SLOWEST_FRACTION = 1 / 64;
const RECOVERY_STEPS = 50;

/**
 * Keeps to `requestsPerSecond`, with bursts of at most one second's worth. Halves the pace when throttled, at most once a second
 * since a burst of refusals is one event, and regains it in steps as calls succeed.
 */
export function createRateLimiter(requestsPerSecond: number): RateLimiter {
  let fraction = 1;
  let slowedAt = Number.NEGATIVE_INFINITY;
  /** When the account of past requests would be settled. */
  let settledAt = Number.NEGATIVE_INFINITY;
  return {
    reserve(nowMs) {
      const intervalMs = 1000 / (requestsPerSecond * fraction);
      const burstMs = Math.max(1000 - intervalMs, 0) * fraction;
      settledAt = Math.max(settledAt, nowMs - burstMs) + intervalMs;
      return Math.max(settledAt - intervalMs - nowMs, 0);
    },
    throttled(nowMs) {
      if (nowMs - slowedAt < 1000) return;
      slowedAt = nowMs;
      fraction = Math.max(fraction / 2, SLOWEST_FRACTION);
    },
    succeeded() {
      fraction = Math.min(fraction + 1 / RECOVERY_STEPS, 1);
    },
  };
}
