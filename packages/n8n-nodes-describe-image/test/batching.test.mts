import { expect, it } from 'vitest';
import { runInBatches } from '../src/batching.ts';

/** Work that counts how many items are in progress. */
function countingWork() {
  const seen = { now: 0, most: 0 };
  const work = async (index: number): Promise<number> => {
    seen.most = Math.max(seen.most, ++seen.now);
    // Later items finish first.
    for (let tick = 0; tick < 40 - index; tick++) await Promise.resolve();
    seen.now--;
    return index;
  };
  return { seen, work };
}

it.each([1, 3, 16])(
  'keeps exactly %d items in progress and returns the results in order',
  async (concurrency) => {
    const { seen, work } = countingWork();
    const batching = { concurrency, batchSize: Number.POSITIVE_INFINITY, intervalMs: 0 };
    expect(await runInBatches(20, batching, work)).toEqual(Array.from({ length: 20 }, (_, index) => index));
    expect(seen.most).toBe(concurrency);
  },
);

it('finishes a batch before it starts the next one', async () => {
  const { seen, work } = countingWork();
  await runInBatches(20, { concurrency: 16, batchSize: 4, intervalMs: 0 }, work);
  expect(seen.most).toBe(4);
});

it('starts no further items after an item fails', async () => {
  const started: number[] = [];
  const batching = { concurrency: 2, batchSize: Number.POSITIVE_INFINITY, intervalMs: 0 };
  const failing = async (index: number): Promise<void> => {
    started.push(index);
    await Promise.resolve();
    if (index === 1) throw new Error('failed item');
  };
  await expect(runInBatches(100, batching, failing)).rejects.toThrow('failed item');
  expect(started.length).toBeLessThan(10);
});
