import type { Assumptions } from '../assumptions.ts';
import { Refusal } from './refusal.ts';

const FORM = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

/**
 * Refuses a time stamp that is not `yyyy-MM-ddTHH:mm:ssZ`, or too far from the emulator's clock in either direction.
 *
 * @throws {@link Refusal} `InvalidTimeStamp.Format` or `InvalidTimeStamp.Expired`.
 */
export function checkTimestamp(
  timestamp: string,
  { now, windowMs }: { readonly now: number; readonly windowMs: number },
): void {
  const time = FORM.test(timestamp) ? Date.parse(timestamp) : Number.NaN;
  if (Number.isNaN(time)) throw new Refusal('InvalidTimeStamp.Format');
  if (Math.abs(now - time) > windowMs) throw new Refusal('InvalidTimeStamp.Expired');
}

/** How far a time stamp may be from the clock, in milliseconds, for each scheme. */
export function validityMs(scheme: 'ACS3-HMAC-SHA256' | 'HMAC-SHA1', assumptions: Assumptions): number {
  const minutes =
    scheme === 'HMAC-SHA1' ? assumptions.rpcValidityMinutes : assumptions.timestampValidityMinutes;
  return Number(minutes) * 60_000;
}
