import { afterEach, expect, it, vi } from 'vitest';
import { Tally } from './step.ts';

afterEach(() => vi.restoreAllMocks());

it('tries all expectations and prints the reason of each failure', async () => {
  const log = vi.spyOn(console, 'log').mockReturnValue();
  const tally = new Tally();
  await tally.try('the first', () => Promise.reject(new Error('it is broken')));
  await tally.try('the second', () => Promise.resolve());
  expect(tally.counts).toEqual({ passed: 1, failed: 1, skipped: 0 });
  expect(log.mock.calls.flat()).toEqual(['✗ the first\nit is broken', '✓ the second']);
});
