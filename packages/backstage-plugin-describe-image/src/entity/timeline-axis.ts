import { positionOf, type TimeSpan } from './timeline-layout.ts';

/** A labelled instant of the axis. */
export interface AxisTick {
  readonly label: string;
  /** In percent. */
  readonly position: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [
  ...[1, 2, 5, 15, 30].map((count) => count * MINUTE),
  ...[1, 3, 6, 12].map((count) => count * HOUR),
  ...[1, 2, 7, 14, 30, 90, 180, 365].map((count) => count * DAY),
];
/** More labels would overlap on a phone. */
const MAX_TICKS = 5;
/** Labels closer to an edge, in percent, would leave the frame. */
const EDGE = 5;

/** Ticks at round local times: full minutes, hours or days. */
export function axisTicks(span: TimeSpan, locale: string): AxisTick[] {
  const { fromMs, toMs } = span;
  const step = STEPS.find((length) => (toMs - fromMs) / length <= MAX_TICKS) ?? 2 * 365 * DAY;
  const format = new Intl.DateTimeFormat(locale, formatOf(step, span));
  const ticks: AxisTick[] = [];
  for (let at = firstTick(fromMs, step); at < toMs; at = nextTick(at, step)) {
    const position = positionOf(at, span);
    if (at > fromMs && position >= EDGE && position <= 100 - EDGE)
      ticks.push({ label: format.format(at), position });
  }
  return ticks;
}

/** The last round time before an instant. */
function firstTick(ms: number, step: number): number {
  const midnight = new Date(ms).setHours(0, 0, 0, 0);
  return step < DAY ? midnight + Math.floor((ms - midnight) / step) * step : midnight;
}

/** Days are counted on the calendar, because one with a change of the clocks does not have 24 hours. */
function nextTick(ms: number, step: number): number {
  if (step < DAY) return ms + step;
  const date = new Date(ms);
  return date.setDate(date.getDate() + step / DAY);
}

function formatOf(step: number, { fromMs, toMs }: TimeSpan): Intl.DateTimeFormatOptions {
  if (step >= DAY)
    return { month: 'short', day: 'numeric', ...(toMs - fromMs > 300 * DAY && { year: '2-digit' }) };
  const isOneDay = new Date(fromMs).toDateString() === new Date(toMs).toDateString();
  return {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(!isOneDay && { month: 'short', day: 'numeric' }),
  };
}
