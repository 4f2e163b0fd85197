/** Limits tool calls, because an agent can repeat them in a loop. */
export interface CallBudget {
  /** Milliseconds until the next call is allowed; 0 uses one call. */
  take(): number;
}

/** A bucket that holds the calls of one minute and is refilled evenly. */
export function createCallBudget(perMinute: number, now: () => number = () => performance.now()): CallBudget {
  let available = perMinute;
  let filledAt = now();
  return {
    take() {
      const time = now();
      available = Math.min(perMinute, available + ((time - filledAt) * perMinute) / 60_000);
      filledAt = time;
      if (available < 1) return Math.ceil(((1 - available) * 60_000) / perMinute);
      available--;
      return 0;
    },
  };
}
