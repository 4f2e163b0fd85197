import type { HistoryPeriod } from '@describe-image/backstage-plugin-describe-image-common';

export interface TimeSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

/** From the first observation until now. */
export function spanOf(periods: readonly HistoryPeriod[], nowMs: number): TimeSpan {
  const from = Math.min(nowMs - 1, ...periods.map(({ firstSeenAt }) => Date.parse(firstSeenAt)));
  // The server's clock may be ahead of the browser's.
  const to = Math.max(nowMs, ...periods.map(({ lastSeenAt }) => Date.parse(lastSeenAt)));
  return { fromMs: from, toMs: to };
}

/** The position of an instant in a span, in percent. */
export function positionOf(instant: string, { fromMs, toMs }: TimeSpan): number {
  const share = (Date.parse(instant) - fromMs) / (toMs - fromMs);
  return Math.min(Math.max(share, 0), 1) * 100;
}

/** A digest's letter and colours in the timeline. Letters distinguish digests without colour. */
export interface DigestMark {
  readonly letter: string;
  readonly background: string;
  readonly color: string;
}

/** Assigns a mark to every digest, in the order of first observation. */
export function digestMarks(periods: readonly HistoryPeriod[]): ReadonlyMap<string, DigestMark> {
  const oldestFirst = [...periods].sort((a, b) => Date.parse(a.firstSeenAt) - Date.parse(b.firstSeenAt));
  const digests = [...new Set(oldestFirst.map(({ digest }) => digest))];
  return new Map(digests.map((digest, index) => [digest, markOf(index)]));
}

/** Colour pairs of Backstage UI with sufficient contrast in the light and the dark theme. */
const COLOURS = [
  ['var(--bui-bg-solid)', 'var(--bui-fg-solid)'],
  ['var(--bui-bg-info)', 'var(--bui-fg-info-on-bg)'],
  ['var(--bui-bg-success)', 'var(--bui-fg-success-on-bg)'],
  ['var(--bui-bg-warning)', 'var(--bui-fg-warning-on-bg)'],
  ['var(--bui-bg-danger)', 'var(--bui-fg-danger-on-bg)'],
] as const;

function markOf(index: number): DigestMark {
  const [background, color] = COLOURS[index % COLOURS.length] ?? COLOURS[0];
  return { letter: letterOf(index), background, color };
}

/** `A` to `Z`, then `A1` to `Z1`, and so on. */
function letterOf(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : `${letter}${Math.floor(index / 26)}`;
}
