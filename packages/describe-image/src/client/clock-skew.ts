/** The service's clock as learnt from its answers, shared by all calls of a client. */
export interface SkewedClock {
  /** Milliseconds that the service's clock is ahead of the local one. */
  readonly offsetMs: number;
  /**
   * Takes a refusal into account and tells whether signing anew can help. Safe when many calls are refused together: a call that was
   * signed with an older offset than today's only needs to be signed again.
   */
  correct(serverTimeMs: number | undefined, signedWithOffsetMs: number, nowMs: number): boolean;
}

/** The service's Date header has whole seconds. */
const RESOLUTION_MS = 2_000;

export function createSkewedClock(): SkewedClock {
  let offsetMs = 0;
  return {
    get offsetMs() {
      return offsetMs;
    },
    correct(serverTimeMs, signedWithOffsetMs, nowMs) {
      if (signedWithOffsetMs !== offsetMs) return true;
      if (serverTimeMs === undefined) return false;
      const measured = serverTimeMs - nowMs;
      // The same offset again: the refusal has another reason.
      if (Math.abs(measured - offsetMs) < RESOLUTION_MS) return false;
      offsetMs = measured;
      return true;
    },
  };
}
