import { UsageError } from './usage-error.ts';

const MILLISECONDS: Readonly<Record<string, number>> = { '': 1, ms: 1, s: 1_000, m: 60_000 };

/**
 * Milliseconds from `1500`, `1500ms`, `10s`, `2m`.
 *
 * @throws UsageError for anything else.
 */
export function parseDuration(option: string, text: string): number {
  const [, amount = '', unit = ''] = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m)?$/.exec(text) ?? [];
  const milliseconds = Math.round(Number(amount) * (MILLISECONDS[unit] ?? 0));
  if (amount !== '' && milliseconds > 0) return milliseconds;
  throw new UsageError(
    `${option}: wanted a duration such as 10s, got ${JSON.stringify(text)}`,
    `milliseconds, or a number with a unit: ${option} 1500, ${option} 10s, ${option} 2m`,
  );
}
