/** How many references are looked up at once. */
export interface AdaptiveLimit {
  readonly current: number;
  succeeded(): void;
  throttled(): void;
}

const START = 8;
/** Requests in flight when a limit is cut are often throttled too; they do not cut it again. */
const CUT_INTERVAL_MS = 1_000;

/** Rises by one per round of successes and halves when the service throttles, between 1 and `most`. */
export function createAdaptiveLimit(
  most: number,
  now: () => number = () => performance.now(),
): AdaptiveLimit {
  let limit = Math.min(START, most);
  let cutAt = Number.NEGATIVE_INFINITY;
  return {
    get current() {
      return Math.floor(limit);
    },
    succeeded() {
      limit = Math.min(most, limit + 1 / limit);
    },
    throttled() {
      if (now() - cutAt < CUT_INTERVAL_MS) return;
      cutAt = now();
      limit = Math.max(1, limit / 2);
    },
  };
}
