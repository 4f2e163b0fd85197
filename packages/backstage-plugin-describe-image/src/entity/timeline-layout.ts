import type { HistoryPeriod } from '@describe-image/backstage-plugin-describe-image-common';

export interface TimeSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A shorter history is drawn in a span of this length. */
const MIN_SPAN_MS = 5 * 60_000;

/** From the first observation until now. */
export function spanOf(periods: readonly HistoryPeriod[], nowMs: number): TimeSpan {
  // The server's clock may be ahead of the browser's.
  const to = Math.max(nowMs, ...periods.map(({ lastSeenAt }) => Date.parse(lastSeenAt)));
  const from = Math.min(to - MIN_SPAN_MS, ...periods.map(({ firstSeenAt }) => Date.parse(firstSeenAt)));
  return { fromMs: from, toMs: to };
}

/** The position of an instant in a span, in percent. */
export function positionOf(instant: string | number, { fromMs, toMs }: TimeSpan): number {
  const ms = typeof instant === 'number' ? instant : Date.parse(instant);
  const share = (ms - fromMs) / (toMs - fromMs);
  return Math.min(Math.max(share, 0), 1) * 100;
}

/** Narrower bars would be invisible, in percent. */
const MIN_BAR_WIDTH = 1.2;

/** The bar of a period, in percent. It ends within the span, even if it is widened. */
export function barOf(
  { firstSeenAt, lastSeenAt }: Pick<HistoryPeriod, 'firstSeenAt' | 'lastSeenAt'>,
  span: TimeSpan,
): { readonly left: number; readonly width: number } {
  const left = positionOf(firstSeenAt, span);
  const width = Math.max(positionOf(lastSeenAt, span) - left, MIN_BAR_WIDTH);
  return { left: Math.min(left, 100 - width), width };
}

/** A digest's letter and colours in the timeline. Letters distinguish digests without colour. */
export interface DigestMark {
  readonly letter: string;
  readonly background: string;
  readonly color: string;
}

/** Assigns a mark to every digest, in the order of first observation. A declared digest that was never observed is the last one. */
export function digestMarks(
  periods: readonly HistoryPeriod[],
  declared?: string,
): ReadonlyMap<string, DigestMark> {
  const oldestFirst = [...periods].sort((a, b) => Date.parse(a.firstSeenAt) - Date.parse(b.firstSeenAt));
  const digests = new Set(oldestFirst.map(({ digest }) => digest));
  if (declared !== undefined) digests.add(declared);
  return new Map([...digests].map((digest, index) => [digest, markOf(index)]));
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
