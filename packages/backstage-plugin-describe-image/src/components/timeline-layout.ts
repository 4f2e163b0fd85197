import type { HistoryPeriod } from '@describe-image/backstage-plugin-describe-image-common';

export interface TimeSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

/** From the first observation until now. */
export function spanOf(periods: readonly HistoryPeriod[], nowMs: number): TimeSpan {
  const from = Math.min(nowMs - 1, ...periods.map(({ firstSeenAt }) => Date.parse(firstSeenAt)));
  const to = Math.max(nowMs, ...periods.map(({ lastSeenAt }) => Date.parse(lastSeenAt)));
  return { fromMs: from, toMs: to };
}

/** Where an instant lies in a span, in percent. */
export function positionOf(instant: string, { fromMs, toMs }: TimeSpan): number {
  const share = (Date.parse(instant) - fromMs) / (toMs - fromMs);
  return Math.min(Math.max(share, 0), 1) * 100;
}

/** Numbers digests from 0 in the order in which they were first seen. */
export function lettersOf(periods: readonly HistoryPeriod[]): ReadonlyMap<string, number> {
  const oldestFirst = [...periods].sort((a, b) => Date.parse(a.firstSeenAt) - Date.parse(b.firstSeenAt));
  return new Map(
    [...new Set(oldestFirst.map(({ digest }) => digest))].map((digest, index) => [digest, index]),
  );
}
