import { describe, expect, it } from 'vitest';
import { createClient } from '../src/index.ts';
import { sendDigest, sendError, startServer } from './scripted-server.ts';
import { credentials, failure, ids, testClient, testRuntime } from './test-client.ts';

describe('concurrency', () => {
  it('limits requests and sockets at once', async () => {
    let mostAtOnce = 0;
    let held: (() => void)[] = [];
    // Answers are delayed until five requests have arrived, and a little longer, so that a sixth request would be seen.
    const server = await startServer((_, response) => {
      held.push(() => sendDigest(response));
      mostAtOnce = Math.max(mostAtOnce, held.length);
      if (held.length === 5)
        setTimeout(() => {
          const answers = held;
          held = [];
          for (const answer of answers) answer();
        }, 5);
    });
    const client = testClient(server.url, { concurrency: 5 });
    await Promise.all(Array.from({ length: 200 }, (_, index) => client.describeImage(ids(index))));
    expect(mostAtOnce).toBe(5);
    expect(server.connections()).toBeLessThanOrEqual(5);
    expect(server.received).toHaveLength(200);
  });

  it('sends two thousand calls at once over 64 sockets', async () => {
    const server = await startServer((_, response) => sendDigest(response));
    const client = testClient(server.url);
    const calls = Array.from({ length: 2000 }, (_, index) => client.describeImage(ids(index)));
    expect(new Set((await Promise.all(calls)).map(({ imageTag }) => imageTag)).size).toBe(2000);
    expect(server.connections()).toBeLessThanOrEqual(64);
    expect(server.received).toHaveLength(2000);
  });

  it('frees the slot of a failed call', async () => {
    const server = await startServer((_, response) => sendError(response, 403, 'NoPermission'));
    const client = testClient(server.url, { concurrency: 1 });
    const calls = Array.from({ length: 10 }, (_, index) => failure(client.describeImage(ids(index))));
    expect(await Promise.all(calls)).toHaveLength(10);
  });

  it('uses one socket for calls one after the other', async () => {
    const server = await startServer((_, response) => sendDigest(response));
    const client = testClient(server.url);
    for (let index = 0; index < 10; index++) await client.describeImage(ids(index));
    expect(server.connections()).toBe(1);
  });
});

describe('requestsPerSecond', () => {
  /** Time passes only during waits. */
  function virtualTime() {
    let now = 0;
    const waits: number[] = [];
    const runtime = testRuntime({
      now: () => now,
      onWait: (milliseconds) => {
        waits.push(milliseconds);
        now += milliseconds;
      },
    });
    return { runtime, waits };
  }

  it('sends one second’s worth at once, then keeps to the rate', async () => {
    const server = await startServer((_, response) => sendDigest(response));
    const { runtime, waits } = virtualTime();
    const client = testClient(server.url, { requestsPerSecond: 10 }, runtime);
    for (let index = 0; index < 30; index++) await client.describeImage(ids(index));
    expect(waits).toEqual(Array.from({ length: 20 }, () => 100));
  });

  it('halves the rate when throttled, and recovers', async () => {
    const server = await startServer((_, response, index) =>
      index === 10 ? sendError(response, 400, 'Throttling') : sendDigest(response),
    );
    const { runtime, waits } = virtualTime();
    const client = testClient(server.url, { requestsPerSecond: 10 }, runtime);
    for (let index = 0; index < 100; index++) await client.describeImage(ids(index));
    const intervals = waits.filter((milliseconds) => milliseconds !== 250);
    expect(Math.max(...intervals)).toBeGreaterThan(190);
    expect(intervals.at(-1)).toBeCloseTo(100, 6);
  });

  it('does not wait when it is not set', async () => {
    const server = await startServer((_, response) => sendDigest(response));
    const { runtime, waits } = virtualTime();
    const client = testClient(server.url, {}, runtime);
    for (let index = 0; index < 50; index++) await client.describeImage(ids(index));
    expect(waits).toEqual([]);
  });

  it('does not delay an abort, which counts no attempt', async () => {
    const server = await startServer((_, response) => sendDigest(response));
    const controller = new AbortController();
    const slow = createClient({ credentials, endpoint: server.url, requestsPerSecond: 0.001 });
    await slow.describeImage(ids());
    const second = failure(slow.describeImage(ids(1), { signal: controller.signal }));
    controller.abort('enough');
    expect(await second).toMatchObject({ code: 'Abort', cause: 'enough', attempts: 0 });
    slow.close();
  });
});
