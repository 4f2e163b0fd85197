const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** `3 hours ago`: the largest unit that is over, in the words of the locale. */
export function formatAgo(instant: string, nowMs: number, locale: string): string {
  const seconds = Math.round((Date.parse(instant) - nowMs) / 1000);
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const unit = UNITS.find(([, length]) => Math.abs(seconds) >= length);
  // A clock that is a little behind must not speak of the future.
  if (unit === undefined) return format.format(Math.min(seconds, 0), 'second');
  return format.format(Math.trunc(seconds / unit[1]), unit[0]);
}

/** Date and time to the second, with the zone. */
export function formatExact(instant: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'long' }).format(
    Date.parse(instant),
  );
}
