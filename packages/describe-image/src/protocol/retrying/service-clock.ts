/**
 * The difference between the service's clock and the local one, measured from its answers. All calls of a client share one.
 *
 * @public
 */
export interface ServiceClock {
  /** Milliseconds by which the service's clock is ahead of the local one. Add it to the date of a signature. */
  readonly offsetMs: number;
  /**
   * Measures again after a `ClockSkew` error and returns whether a new signature can help.
   *
   * @param serverTimeMs - The `Date` header of the error.
   * @param signedWithOffsetMs - The offset of the rejected signature. If another call has corrected the clock since, signing again
   * is enough.
   * @param nowMs - The local wall clock.
   */
  correct(serverTimeMs: number | undefined, signedWithOffsetMs: number, nowMs: number): boolean;
}

/** Smaller differences are not measured: the service's Date header has whole seconds. */
const RESOLUTION_MS = 2_000;

/** Creates a {@link ServiceClock} with offset 0. @public */
export function createServiceClock(): ServiceClock {
  let offsetMs = 0;
  return {
    get offsetMs() {
      return offsetMs;
    },
    correct(serverTimeMs, signedWithOffsetMs, nowMs) {
      if (signedWithOffsetMs !== offsetMs) return true;
      if (serverTimeMs === undefined) return false;
      const measured = serverTimeMs - nowMs;
      // The same offset again: the clock is not the reason for the error.
      if (Math.abs(measured - offsetMs) < RESOLUTION_MS) return false;
      offsetMs = measured;
      return true;
    },
  };
}
