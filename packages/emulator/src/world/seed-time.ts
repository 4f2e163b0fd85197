const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/;

/** A duration such as `90s` in milliseconds; `undefined` when it is not one. */
export function parseDuration(text: string): number | undefined {
  const [, amount, unit] = DURATION.exec(text) ?? [];
  const factor = unit === undefined ? undefined : UNITS[unit];
  return amount === undefined || factor === undefined ? undefined : Number(amount) * factor;
}

/** A seed time in milliseconds since the epoch, `start` being what `+` and `-` count from; `undefined` when it is none. */
export function parseTime(text: string, start: number): number | undefined {
  if (text.startsWith('+') || text.startsWith('-')) {
    const offset = parseDuration(text.slice(1));
    return offset === undefined ? undefined : start + (text.startsWith('-') ? -offset : offset);
  }
  const time = /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
