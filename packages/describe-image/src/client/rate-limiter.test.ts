import { describe, expect, it } from 'vitest';
import { createRateLimiter } from './rate-limiter.ts';

/** How long after `nowMs` each of these requests is sent, one after the other as the limiter allows. */
function waits(limiter: ReturnType<typeof createRateLimiter>, count: number, nowMs: number): number[] {
  let now = nowMs;
  return Array.from({ length: count }, () => {
    now += limiter.waitMs(now);
    limiter.take(now);
    return Math.round(now - nowMs);
  });
}

describe('createRateLimiter', () => {
  it('lets one second’s worth through at once and spaces out the rest', () => {
    expect(waits(createRateLimiter(4), 7, 1000)).toEqual([0, 0, 0, 0, 250, 500, 750]);
  });

  it('allows no more than one second’s worth after a pause', () => {
    const limiter = createRateLimiter(4);
    waits(limiter, 4, 0);
    expect(waits(limiter, 5, 3_600_000)).toEqual([0, 0, 0, 0, 250]);
  });

  it('allows no burst below one request a second', () => {
    expect(waits(createRateLimiter(0.5), 3, 0)).toEqual([0, 2000, 4000]);
  });

  it('halves the rate when throttled, once for all throttling answers of one second', () => {
    const limiter = createRateLimiter(10);
    waits(limiter, 10, 0);
    for (let index = 0; index < 20; index++) limiter.throttled(index * 10);
    const [first = 0, second = 0] = waits(limiter, 2, 0);
    expect(second - first).toBe(200);
    limiter.throttled(1500);
    const [third = 0, fourth = 0] = waits(limiter, 12, 1500).slice(-2);
    expect(fourth - third).toBe(400);
  });

  it('keeps a lowest rate however often it is throttled', () => {
    const limiter = createRateLimiter(10);
    for (let second = 0; second < 100; second++) limiter.throttled(second * 1000);
    waits(limiter, 1, 100_000);
    const [first = 0, second = 0] = waits(limiter, 2, 100_000);
    expect(second - first).toBe(6400);
  });

  it('returns to its rate after fifty successful calls and does not exceed it', () => {
    const limiter = createRateLimiter(10);
    limiter.throttled(0);
    for (let index = 0; index < 100; index++) limiter.succeeded();
    expect(waits(limiter, 12, 60_000).slice(-2)).toEqual([0, 100].map((wait) => wait + 100));
  });
});
