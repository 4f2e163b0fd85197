import { sleep } from 'n8n-workflow';

/** How many items run at the same time, and how they are spread over time. */
export interface Pace {
  /** Items under way at the same time. */
  readonly concurrency: number;
  /** Items a batch. */
  readonly batchSize: number;
  /** From the end of a batch to the beginning of the next, in milliseconds. */
  readonly intervalMs: number;
}

/** Runs `work` for 0 to `count` - 1 and gives the results in that order. The first failure ends it. */
export async function inBatches<Result>(
  count: number,
  { concurrency, batchSize, intervalMs }: Pace,
  work: (index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < count; start += batchSize) {
    if (start > 0 && intervalMs > 0) await sleep(intervalMs);
    const end = Math.min(start + batchSize, count);
    let next = start;
    let failed = false;
    const worker = async (): Promise<void> => {
      while (next < end && !failed) {
        const index = next++;
        try {
          results[index] = await work(index);
        } finally {
          failed ||= !(index in results);
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(concurrency, end - start) }, worker));
  }
  return results;
}
