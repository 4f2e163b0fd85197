import { UsageError } from './command-error.ts';

/** @throws {@link UsageError} for anything but a whole number from `least`. */
export function parseCount(flag: string, text: string, least: number): number {
  if (/^\d{1,9}$/.test(text) && Number(text) >= least) return Number(text);
  throw new UsageError(
    `${flag}: expected a whole number from ${least}, got ${JSON.stringify(text)}`,
    `Example: ${flag} ${Math.max(least, 10)}`,
  );
}

const MILLISECONDS: Readonly<Record<string, number>> = { '': 1, ms: 1, s: 1_000, m: 60_000 };

/**
 * Milliseconds from `1500`, `1500ms`, `10s` or `2m`.
 *
 * @throws {@link UsageError} for anything else.
 */
export function parseDuration(flag: string, text: string): number {
  const [, amount = '', unit = ''] = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m)?$/.exec(text) ?? [];
  const milliseconds = Math.round(Number(amount) * (MILLISECONDS[unit] ?? 0));
  if (amount !== '' && milliseconds > 0) return milliseconds;
  throw new UsageError(
    `${flag}: expected a duration such as 10s, got ${JSON.stringify(text)}`,
    `Use milliseconds, or a number with a unit: ${flag} 1500, ${flag} 10s, ${flag} 2m`,
  );
}
