import { describe, expect, test } from 'vitest';
import { createRateLimiter } from './rate-limiter.ts';

/** The waits of so many requests that all want to be sent at the same moment. */
function waits(limiter: ReturnType<typeof createRateLimiter>, count: number, nowMs: number): number[] {
  return Array.from({ length: count }, () => Math.round(limiter.reserve(nowMs)));
}

describe('createRateLimiter', () => {
  test('lets one second’s worth through at once and spaces out the rest', () => {
    expect(waits(createRateLimiter(4), 7, 1000)).toEqual([0, 0, 0, 0, 250, 500, 750]);
  });

  test('a pause earns no more than one second’s worth', () => {
    const limiter = createRateLimiter(4);
    waits(limiter, 4, 0);
    expect(waits(limiter, 5, 3_600_000)).toEqual([0, 0, 0, 0, 250]);
  });

  test('less than one request a second has no burst', () => {
    expect(waits(createRateLimiter(0.5), 3, 0)).toEqual([0, 2000, 4000]);
  });

  test('halves the pace when throttled, once for all refusals of one second', () => {
    const limiter = createRateLimiter(10);
    waits(limiter, 10, 0);
    for (let index = 0; index < 20; index++) limiter.throttled(index * 10);
    const [first = 0, second = 0] = waits(limiter, 2, 0);
    expect(second - first).toBe(200);
    limiter.throttled(1500);
    const [third = 0, fourth = 0] = waits(limiter, 12, 1500).slice(-2);
    expect(fourth - third).toBe(400);
  });

  test('never stops altogether, however often it is throttled', () => {
    const limiter = createRateLimiter(10);
    for (let second = 0; second < 100; second++) limiter.throttled(second * 1000);
    waits(limiter, 1, 100_000);
    const [first = 0, second = 0] = waits(limiter, 2, 100_000);
    expect(second - first).toBe(6400);
  });

  test('regains its pace in fifty successful calls, and not more than its pace', () => {
    const limiter = createRateLimiter(10);
    limiter.throttled(0);
    for (let index = 0; index < 100; index++) limiter.succeeded();
    expect(waits(limiter, 12, 60_000).slice(-2)).toEqual([0, 100].map((wait) => wait + 100));
  });
});
