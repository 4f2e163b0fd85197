import { describe, expect, it } from 'vitest';
import { CallQueue, type Queued } from './call-queue.ts';
import { nodeRuntime } from './node-runtime.ts';
import { createRateLimiter } from './rate-limiter.ts';

interface Entry extends Queued {
  readonly waits: () => number;
}

/** Entries that record when they start and how often they have to wait. */
function setUp(limit: number, requestsPerSecond?: number) {
  const started: number[] = [];
  const waits: { readonly milliseconds: number; readonly end: () => void; stopped: boolean }[] = [];
  let now = 0;
  const runtime = {
    ...nodeRuntime,
    monotonic: () => now,
    wait: (milliseconds: number, done: () => void) => {
      const end = (): void => {
        now += milliseconds;
        done();
      };
      const wait = { milliseconds, end, stopped: false };
      waits.push(wait);
      return () => {
        wait.stopped = true;
      };
    },
  };
  const limiter = requestsPerSecond === undefined ? undefined : createRateLimiter(requestsPerSecond);
  const queue = new CallQueue(limit, limiter, runtime);
  const entry = (name: number): Entry => {
    let waited = 0;
    return {
      isQueued: false,
      nextQueued: undefined,
      start: () => started.push(name),
      onWait: () => waited++,
      waits: () => waited,
    };
  };
  return { queue, started, waits, entry };
}

describe('CallQueue', () => {
  it('starts requests in a later microtask, in order, up to the limit', async () => {
    const { queue, started, entry } = setUp(2);
    const entries = [0, 1, 2, 3].map(entry);
    for (const each of entries) queue.add(each);
    expect(started).toEqual([]);
    await null;
    expect(started).toEqual([0, 1]);
    expect(entries.map(({ waits }) => waits())).toEqual([0, 0, 1, 1]);
  });

  it('starts the next request when a slot is released', async () => {
    const { queue, started, entry } = setUp(1);
    for (let name = 0; name < 3; name++) queue.add(entry(name));
    for (let name = 0; name < 3; name++) {
      await null;
      expect(started).toHaveLength(name + 1);
      queue.release();
    }
    queue.add(entry(3));
    await null;
    expect(started).toEqual([0, 1, 2, 3]);
  });

  it('skips requests that have left and keeps the order of the others', async () => {
    const { queue, started, entry } = setUp(1);
    const entries = Array.from({ length: 3000 }, (_, name) => entry(name));
    for (const each of entries) queue.add(each);
    await null;
    entries.forEach((each, name) => {
      if (name > 0 && name % 3 !== 0) queue.leave(each);
    });
    for (let released = 0; released < 1000; released++) {
      queue.release();
      await null;
    }
    expect(started).toEqual(Array.from({ length: 1000 }, (_, index) => 3 * index));
  });

  it('starts a retry before the requests that have not started', async () => {
    const { queue, started, entry } = setUp(1);
    queue.add(entry(0));
    await null;
    queue.add(entry(1));
    queue.addFirst(entry(2));
    queue.release();
    await null;
    expect(started).toEqual([0, 2]);
  });

  it('waits once for the rate, however many requests wait', async () => {
    const { queue, started, waits, entry } = setUp(10, 0.5);
    for (let name = 0; name < 4; name++) queue.add(entry(name));
    await null;
    expect([started, waits.map(({ milliseconds }) => milliseconds)]).toEqual([[0], [2000]]);
    waits[0]?.end();
    await null;
    expect([started, waits.map(({ milliseconds }) => milliseconds)]).toEqual([
      [0, 1],
      [2000, 2000],
    ]);
  });

  it('stops waiting for the rate when the last request has left', async () => {
    const { queue, waits, entry } = setUp(10, 0.5);
    const [first, second] = [entry(0), entry(1)];
    queue.add(first);
    queue.add(second);
    await null;
    queue.leave(second);
    expect(waits.map(({ stopped }) => stopped)).toEqual([true]);
  });
});
