import { expect, it } from 'vitest';
import { nextInterval } from './schedule.ts';

const bounds = { shortestMs: 60_000, longestMs: 3_600_000 };
const noJitter = () => 0.5;

it.each([
  [60_000, 'the first unchanged refresh', 'unchanged', undefined],
  [90_000, 'a second unchanged refresh', 'unchanged', 60_000],
  [3_600_000, 'an unchanged refresh close to the bound', 'unchanged', 3_000_000],
  [60_000, 'a move at the longest interval', 'moved', 3_600_000],
  [120_000, 'a failure', 'failed', 60_000],
  [3_600_000, 'a failure close to the bound', 'failed', 3_000_000],
] as const)('waits %i ms after %s', (expectedMs, _, outcome, lastMs) => {
  expect(nextInterval(outcome, lastMs, bounds, noJitter)).toBeCloseTo(expectedMs);
});

it('adds a jitter of at most ten percent in both directions', () => {
  expect(nextInterval('moved', undefined, bounds, () => 0)).toBeCloseTo(54_000);
  expect(nextInterval('moved', undefined, bounds, () => 1)).toBeCloseTo(66_000);
});
