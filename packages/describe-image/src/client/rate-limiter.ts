/** Spaces requests out, and slows down when the service throttles. */
export interface RateLimiter {
  /** Milliseconds until a request may be sent. */
  waitMs(nowMs: number): number;
  /** Takes one request's share. */
  take(nowMs: number): void;
  throttled(nowMs: number): void;
  succeeded(): void;
}

const SLOWEST_FRACTION = 1 / 64;
const RECOVERY_STEPS = 50;

/**
 * Keeps to `requestsPerSecond`, with bursts of at most one second's worth. Halves the rate when throttled, at most once a second
 * since a burst of throttling answers is one event, and raises it in steps as calls succeed.
 */
export function createRateLimiter(requestsPerSecond: number): RateLimiter {
  let fraction = 1;
  let slowedAt = Number.NEGATIVE_INFINITY;
  /** When the next request may be sent. */
  let nextAt = Number.NEGATIVE_INFINITY;
  return {
    waitMs: (nowMs) => Math.max(nextAt - nowMs, 0),
    take(nowMs) {
      const intervalMs = 1000 / (requestsPerSecond * fraction);
      const burstMs = Math.max(1000 - intervalMs, 0) * fraction;
      nextAt = Math.max(nextAt, nowMs - burstMs) + intervalMs;
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
