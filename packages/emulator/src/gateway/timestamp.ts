import type { Assumptions } from '../assumptions.ts';
import { ApiError } from './api-error.ts';

const FORM = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

export interface TimestampRule {
  /** The emulator's time, in milliseconds since the epoch. */
  readonly now: number;
  readonly windowMs: number;
  readonly expiredCode: string;
}

/**
 * Checks that a timestamp has the form `yyyy-MM-ddTHH:mm:ssZ` and is close enough to the emulator's clock.
 *
 * @throws {@link ApiError} `InvalidTimeStamp.Format` or `InvalidTimeStamp.Expired`.
 */
export function checkTimestamp(timestamp: string, { now, windowMs, expiredCode }: TimestampRule): void {
  const time = FORM.test(timestamp) ? Date.parse(timestamp) : Number.NaN;
  if (Number.isNaN(time) || !isSameDay(time, timestamp)) throw new ApiError('InvalidTimeStamp.Format');
  if (Math.abs(now - time) > windowMs) throw new ApiError(expiredCode);
}

/** The assumed rule of each scheme. */
export function timestampRule(
  scheme: 'ACS3-HMAC-SHA256' | 'HMAC-SHA1',
  { now, assumptions }: { readonly now: number; readonly assumptions: Assumptions },
): TimestampRule {
  const minutes =
    scheme === 'HMAC-SHA1' ? assumptions.rpcValidityMinutes : assumptions.timestampValidityMinutes;
  return { now, windowMs: Number(minutes) * 60_000, expiredCode: assumptions.expiredTimestamp };
}

// Date.parse reads the 30th of February as the 2nd of March.
function isSameDay(time: number, timestamp: string): boolean {
  return new Date(time).toISOString().slice(0, 10) === timestamp.slice(0, 10);
}
