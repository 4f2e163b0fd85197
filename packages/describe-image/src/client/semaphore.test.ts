import { describe, expect, test } from 'vitest';
import { createSemaphore } from './semaphore.ts';

describe('createSemaphore', () => {
  test('gives turns in order, and no more than its limit at once', async () => {
    const { acquire, release } = createSemaphore(2);
    const order: number[] = [];
    expect([acquire(undefined), acquire(undefined)]).toEqual([undefined, undefined]);
    const third = acquire(undefined)?.then(() => order.push(3));
    const fourth = acquire(undefined)?.then(() => order.push(4));
    await Promise.resolve();
    expect(order).toEqual([]);
    release();
    await third;
    expect(order).toEqual([3]);
    release();
    await fourth;
    expect(order).toEqual([3, 4]);
  });

  test('passes over ten thousand who left, and loses no turn to them', async () => {
    const { acquire, release } = createSemaphore(1);
    const controller = new AbortController();
    acquire(undefined);
    const left = Promise.allSettled(
      Array.from({ length: 10_000 }, () => Promise.resolve(acquire(controller.signal))),
    );
    const patient = acquire(undefined);
    controller.abort('enough');
    expect((await left).every(({ status }) => status === 'rejected')).toBe(true);
    release();
    await patient;
    release();
    expect(acquire(undefined)).toBeUndefined();
  });

  test('keeps the order in a queue that is never empty, however many pass through it', async () => {
    const { acquire, release } = createSemaphore(1);
    acquire(undefined);
    const order: number[] = [];
    const queue = (number: number) => acquire(undefined)?.then(() => order.push(number));
    let next = queue(0);
    for (let number = 1; number <= 5000; number++) {
      const after = queue(number);
      release();
      await next;
      next = after;
    }
    expect(order).toEqual(Array.from({ length: 5000 }, (_, index) => index));
    release();
    await next;
    release();
    expect(acquire(undefined)).toBeUndefined();
  });

  test('frees its turns when nobody waits', () => {
    const { acquire, release } = createSemaphore(1);
    for (let index = 0; index < 3; index++) {
      expect(acquire(undefined)).toBeUndefined();
      release();
    }
  });
});
