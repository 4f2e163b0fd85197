import { describe, expect, it } from 'vitest';
import { axisTicks } from './timeline-axis.ts';
import { barOf, digestMarks, spanOf } from './timeline-layout.ts';

const NOW = new Date(2026, 10, 24, 15, 30).getTime();
const at = (minutesAgo: number): string => new Date(NOW - minutesAgo * 60_000).toISOString();
const period = (from: number, to: number, digest = 'sha256:a') => ({
  digest,
  source: 'DescribeImage' as const,
  firstSeenAt: at(from),
  lastSeenAt: at(to),
  observations: 1,
});

describe('barOf', () => {
  it('keeps the widened bar of a period that starts now within the frame', () => {
    const span = spanOf([period(60, 0)], NOW);
    const { left, width } = barOf(period(0, 0), span);
    expect(width).toBeGreaterThan(1);
    expect(left + width).toBeLessThanOrEqual(100);
  });
});

describe('spanOf', () => {
  it('draws a history of seconds in five minutes', () => {
    const { fromMs, toMs } = spanOf([period(0.1, 0)], NOW);
    expect(toMs - fromMs).toBe(5 * 60_000);
  });
});

describe('axisTicks', () => {
  it.each([
    ['minutes', 10, ['15:22', '15:24', '15:26', '15:28']],
    ['hours', 4 * 60, ['12:00', '13:00', '14:00', '15:00']],
    ['days', 8 * 24 * 60, ['Nov 18', 'Nov 20', 'Nov 22', 'Nov 24']],
    ['months', 200 * 24 * 60, ['Aug 6', 'Nov 4']],
  ])('labels round times of a span of %s', (_, minutes, labels) => {
    const ticks = axisTicks(spanOf([period(minutes, 0)], NOW), 'en');
    expect(ticks.map(({ label }) => label)).toEqual(labels);
  });
});

it('marks a declared digest that was never observed', () => {
  const marks = digestMarks([period(9, 8, 'sha256:b'), period(7, 0, 'sha256:a')], 'sha256:c');
  expect([...marks].map(([digest, { letter }]) => [digest, letter])).toEqual([
    ['sha256:b', 'A'],
    ['sha256:a', 'B'],
    ['sha256:c', 'C'],
  ]);
});
