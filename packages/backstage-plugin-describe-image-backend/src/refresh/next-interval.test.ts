import { expect, it } from 'vitest';
import { nextInterval } from './next-interval.ts';

const pace = { shortestMs: 60_000, longestMs: 3_600_000 };
const middle = () => 0.5;

it.each([
  ['the first quiet look', 'quiet', undefined, 60_000],
  ['quiet again', 'quiet', 60_000, 90_000],
  ['quiet for long', 'quiet', 3_000_000, 3_600_000],
  ['a move after long quiet', 'moved', 3_600_000, 60_000],
  ['a failure', 'failed', 60_000, 120_000],
  ['a failure for long', 'failed', 3_000_000, 3_600_000],
] as const)('%s: %s', (_, outcome, before, expected) => {
  expect(nextInterval(outcome, before, pace, middle)).toBeCloseTo(expected);
});

it('jitters by a tenth to either side, so that images declared together part', () => {
  expect(nextInterval('moved', undefined, pace, () => 0)).toBeCloseTo(54_000);
  expect(nextInterval('moved', undefined, pace, () => 1)).toBeCloseTo(66_000);
});
