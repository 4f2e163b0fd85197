import { expect, it } from 'vitest';
import { inBatches } from '../src/in-batches.ts';

/** Work that ends when told, and knows how much of it is under way. */
function watched() {
  const seen = { now: 0, most: 0, begun: [] as number[] };
  const work = async (index: number): Promise<number> => {
    seen.begun.push(index);
    seen.most = Math.max(seen.most, ++seen.now);
    // Later items end first.
    for (let turn = 0; turn < 40 - index; turn++) await Promise.resolve();
    seen.now--;
    return index;
  };
  return { seen, work };
}

it.each([1, 3, 16])(
  'keeps %d items under way, no more and no fewer, and the order of results',
  async (concurrency) => {
    const { seen, work } = watched();
    const pace = { concurrency, batchSize: Number.POSITIVE_INFINITY, intervalMs: 0 };
    expect(await inBatches(20, pace, work)).toEqual(Array.from({ length: 20 }, (_, index) => index));
    expect(seen.most).toBe(concurrency);
  },
);

it('ends a batch before it begins the next', async () => {
  const { seen, work } = watched();
  await inBatches(20, { concurrency: 16, batchSize: 4, intervalMs: 0 }, work);
  expect(seen.most).toBe(4);
});

it('begins nothing more once an item has failed', async () => {
  const begun: number[] = [];
  const pace = { concurrency: 2, batchSize: Number.POSITIVE_INFINITY, intervalMs: 0 };
  const failing = async (index: number): Promise<void> => {
    begun.push(index);
    await Promise.resolve();
    if (index === 1) throw new Error('no');
  };
  await expect(inBatches(100, pace, failing)).rejects.toThrow('no');
  expect(begun.length).toBeLessThan(10);
});
