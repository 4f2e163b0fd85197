import { afterEach, expect, it, vi } from 'vitest';
import { Tally } from './tally.ts';

afterEach(() => vi.restoreAllMocks());

it('tries every promise although one is broken, and says which and why', async () => {
  const said = vi.spyOn(console, 'log').mockReturnValue();
  const tally = new Tally();
  await tally.try('the first', () => Promise.reject(new Error('it is broken')));
  await tally.try('the second', () => Promise.resolve());
  expect(tally.counts).toEqual({ passed: 1, failed: 1, skipped: 0 });
  expect(said.mock.calls.flat()).toEqual(['✗ the first\nit is broken', '✓ the second']);
});
