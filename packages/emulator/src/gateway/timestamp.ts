import type { Assumptions } from '../assumptions.ts';
import { Refusal } from './refusal.ts';

const FORM = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

export interface TimestampRule {
  /** The emulator's time, in milliseconds since the epoch. */
  readonly now: number;
  readonly windowMs: number;
  readonly expiredCode: string;
}

/**
 * Refuses a time stamp that is not `yyyy-MM-ddTHH:mm:ssZ`, or too far from the emulator's clock in either direction.
 *
 * @throws {@link Refusal} `InvalidTimeStamp.Format` or `InvalidTimeStamp.Expired`.
 */
export function checkTimestamp(timestamp: string, { now, windowMs, expiredCode }: TimestampRule): void {
  const time = FORM.test(timestamp) ? Date.parse(timestamp) : Number.NaN;
  if (Number.isNaN(time) || !isSameDay(time, timestamp)) throw new Refusal('InvalidTimeStamp.Format');
  if (Math.abs(now - time) > windowMs) throw new Refusal(expiredCode);
}

/** The rule for each scheme, as assumed. */
export function timestampRule(
  scheme: 'ACS3-HMAC-SHA256' | 'HMAC-SHA1',
  { now, assumptions }: { readonly now: number; readonly assumptions: Assumptions },
): TimestampRule {
  const minutes =
    scheme === 'HMAC-SHA1' ? assumptions.rpcValidityMinutes : assumptions.timestampValidityMinutes;
  return { now, windowMs: Number(minutes) * 60_000, expiredCode: assumptions.expiredTimestamp };
}

// The 30th of February is read as the 2nd of March.
function isSameDay(time: number, timestamp: string): boolean {
  return new Date(time).toISOString().slice(0, 10) === timestamp.slice(0, 10);
}
