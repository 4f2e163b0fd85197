import { UsageError } from './usage-error.ts';

/** @throws UsageError for anything but a whole number from `least`. */
export function parseCount(option: string, text: string, least: number): number {
  if (/^\d{1,9}$/.test(text) && Number(text) >= least) return Number(text);
  throw new UsageError(
    `${option}: wanted a whole number from ${least}, got ${JSON.stringify(text)}`,
    `for example: ${option} ${Math.max(least, 10)}`,
  );
}
