import { expect, it } from 'vitest';
import { createAdaptiveLimit } from './adaptive-limit.ts';
import { inOrder } from './in-order.ts';

async function collect<Result>(results: AsyncIterable<Result>) {
  const all: Result[] = [];
  let error: unknown;
  try {
    for await (const result of results) all.push(result);
  } catch (caught) {
    error = caught;
  }
  return { all, error };
}

it('yields results in the order of the items, whichever finishes first', async () => {
  const finish: (() => void)[] = [];
  const work = (item: number) => new Promise<number>((resolve) => finish.push(() => resolve(item)));
  const collected = collect(inOrder([1, 2, 3], work, { current: 3 }));
  for (const index of [2, 0, 1]) finish[index]?.();
  expect((await collected).all).toEqual([1, 2, 3]);
});

it('works on no more items at once than the limit allows, also when it changes', async () => {
  const limit = { current: 4 };
  let running = 0;
  const most: number[] = [];
  const work = async (item: number) => {
    most.push(++running);
    await new Promise((resolve) => setImmediate(resolve));
    running--;
    if (item === 20) limit.current = 1;
    return item;
  };
  const { all } = await collect(inOrder([...Array(60).keys()], work, limit));
  expect(all).toHaveLength(60);
  expect(Math.max(...most)).toBe(4);
  expect(Math.max(...most.slice(30))).toBe(1);
});

it('throws an error after the results of the earlier items', async () => {
  const work = async (item: number) => {
    if (item === 3) throw new Error('three');
    return item;
  };
  const { all, error } = await collect(inOrder([1, 2, 3, 4], work, { current: 2 }));
  expect(all).toEqual([1, 2]);
  expect(error).toEqual(new Error('three'));
});

it('yields the results of many items while one is slow, within the window', async () => {
  let release = (): void => {};
  let started = 0;
  const work = async (item: number) => {
    started++;
    if (item === 0)
      await new Promise<void>((resolve) => {
        release = resolve;
      });
    return item;
  };
  const collected = collect(inOrder([...Array(3_000).keys()], work, { current: 10 }));
  while (started < 1_000) await new Promise((resolve) => setImmediate(resolve));
  expect(started).toBe(1_000);
  release();
  expect((await collected).all).toHaveLength(3_000);
});

it('halves the limit once per second of throttling and raises it by one per round', () => {
  let time = 0;
  const limit = createAdaptiveLimit(32, () => time);
  expect(limit.current).toBe(8);
  for (let success = 0; success < 9; success++) limit.succeeded();
  expect(limit.current).toBe(9);
  limit.throttled();
  limit.throttled();
  expect(limit.current).toBe(4);
  for (const second of [1, 2, 3, 4, 5]) {
    time = second * 1_000;
    limit.throttled();
  }
  expect(limit.current).toBe(1);
  for (let success = 0; success < 2_000; success++) limit.succeeded();
  expect(limit.current).toBe(32);
});
