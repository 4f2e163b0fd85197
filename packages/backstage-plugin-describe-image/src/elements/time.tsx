import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { type ReactElement, useEffect, useState } from 'react';
import { describeImageTranslationRef } from '../translations/translation-ref.ts';

/** A relative time such as `3 hours ago`. The exact time is in the tooltip. */
export function Ago(props: { readonly instant: string }): ReactElement {
  const { t } = useTranslationRef(describeImageTranslationRef);
  const now = useNow();
  return (
    <time
      dateTime={props.instant}
      style={{ whiteSpace: 'nowrap' }}
      title={formatExact(props.instant, t('locale'))}
    >
      {formatAgo(props.instant, now, t('locale'))}
    </time>
  );
}

const UPDATE_EVERY_MS = 10_000;

/** The current time in milliseconds; the component renders again every 10 seconds. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), UPDATE_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** Date and time to the second, with the time zone. */
export function formatExact(instant: string | number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'long' }).format(
    new Date(instant),
  );
}

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

function formatAgo(instant: string, nowMs: number, locale: string): string {
  const seconds = Math.round((Date.parse(instant) - nowMs) / 1000);
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const unit = UNITS.find(([, length]) => Math.abs(seconds) >= length);
  // The server's clock may be a few seconds ahead: never show "in 3 seconds".
  if (unit === undefined) return format.format(Math.min(seconds, 0), 'second');
  return format.format(Math.trunc(seconds / unit[1]), unit[0]);
}
