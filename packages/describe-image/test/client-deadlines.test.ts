import { getEventListeners } from 'node:events';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { nodeRuntime } from '../src/client/node-runtime.ts';
import { waitByTimer } from '../src/client/runtime.ts';
import { AbortError } from '../src/errors/errors.ts';
import { fetchSend, type Send } from '../src/transport/index.ts';
import { webRuntime } from '../src/web/web-runtime.ts';
import { HEX, loopbackRoundTrip, sendDigest, sendError, sendJson, startServer } from './scripted-server.ts';
import { credentials, failure, failureByNow, gate, ids, testClient, testRuntime } from './test-client.ts';

const transports = [
  ['node:http', {}],
  ['fetch', { send: fetchSend((url, init) => fetch(url, init)) }],
] as const;

describe.each(transports)('a client over %s', (_name, transport) => {
  it.each<[string, Parameters<typeof startServer>[0]]>([
    ['no answer at all', () => {}],
    ['headers that do not come', (request) => request.socket.write('HTTP/1.1 200 OK\r\ncontent-le')],
    [
      'a body that does not end',
      (_, response) => response.writeHead(200, { 'content-length': '50' }).write('{"RequestId":'),
    ],
  ])('times an attempt out with %s', async (_what, reply) => {
    const server = await startServer(reply);
    const client = testClient(server.url, { ...transport, attemptTimeoutMs: 40, maxRetries: 1 });
    const error = await failure(client.describeImage(ids()));
    expect(error).toMatchObject({ code: 'Timeout', attempts: 2, retryable: true });
    expect(error.message).toContain('within 40 ms');
  });

  it('does not extend an attempt for a body that arrives slowly', async () => {
    const server = await startServer((_, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write(' '), 5);
      response.once('close', () => clearInterval(timer));
    });
    const client = testClient(server.url, { ...transport, attemptTimeoutMs: 60, maxRetries: 0 });
    expect(await failure(client.describeImage(ids()))).toMatchObject({ code: 'Timeout', attempts: 1 });
  });

  it('closes the socket of an attempt that timed out', async () => {
    const server = await startServer(() => {});
    const client = testClient(server.url, { ...transport, attemptTimeoutMs: 40, maxRetries: 0 });
    await failure(client.describeImage(ids()));
    await loopbackRoundTrip();
    expect(server.received.map(({ socket }) => socket.destroyed)).toEqual([true]);
  });

  it('sends nothing for a call that was aborted before', async () => {
    const server = await startServer((_, response) => sendDigest(response));
    const reason = new Error('not needed');
    const error = await failure(
      testClient(server.url, transport).describeImage(ids(), { signal: AbortSignal.abort(reason) }),
    );
    expect(error).toMatchObject({ code: 'Abort', attempts: 0, cause: reason });
    expect(server.received).toHaveLength(0);
  });

  it.each([true, false])(
    'closes the socket of a call that is aborted in flight (shared: %s)',
    async (shareEqualReads) => {
      const arrived = gate();
      const server = await startServer(() => arrived.open());
      const controller = new AbortController();
      const client = testClient(server.url, { ...transport, shareEqualReads });
      const call = client.describeImage(ids(), { signal: controller.signal });
      await arrived.opened;
      controller.abort('enough');
      expect(await failureByNow(call)).toMatchObject({ code: 'Abort', cause: 'enough' });
      await loopbackRoundTrip();
      expect(server.received.map(({ socket }) => socket.destroyed)).toEqual([true]);
    },
  );

  it('does not send a call that is aborted by a hook before it is sent', async () => {
    const server = await startServer((_, response) => sendDigest(response));
    const controller = new AbortController();
    const client = testClient(server.url, {
      ...transport,
      shareEqualReads: false,
      onRequest: () => controller.abort(),
    });
    expect(await failure(client.describeImage(ids(), { signal: controller.signal }))).toBeInstanceOf(
      AbortError,
    );
    // A second call succeeds only if the first has released its slot.
    const other = testClient(server.url, transport);
    await other.describeImage(ids());
    expect(server.received).toHaveLength(1);
  });
});

/** Stops the clock of the client's deadlines for this test. The result lets time pass. */
function holdTime(): (milliseconds: number) => void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
  return (milliseconds) => void vi.advanceTimersByTime(milliseconds);
}

describe('the total time limit', () => {
  it('leaves the last attempt what the others have not used', async () => {
    const server = await startServer(() => {});
    let now = 0;
    const runtime = testRuntime({
      now: () => now,
      onWait: () => {
        now = 9970;
      },
    });
    const limits = { attemptTimeoutMs: 50, totalTimeoutMs: 10_000 };
    const error = await failure(testClient(server.url, limits, runtime).describeImage(ids()));
    expect(error.message).toContain('within 30 ms');
    expect(error).toMatchObject({ code: 'Timeout', attempts: 2 });
  });

  it('covers the time that a slow provider takes', async () => {
    const server = await startServer(() => {});
    let now = 0;
    const runtime = testRuntime({ now: () => now });
    const options = {
      attemptTimeoutMs: 50,
      totalTimeoutMs: 10_000,
      credentials: async () => {
        now = 9970;
        return credentials;
      },
      maxRetries: 0,
    };
    const error = await failure(testClient(server.url, options, runtime).describeImage(ids()));
    expect(error.message).toContain('within 10000 ms');
    expect(error).toMatchObject({ code: 'Timeout', attempts: 1 });
  });

  it('rejects with the last error when the rate allows no attempt in time', async () => {
    const server = await startServer((_, response) => sendError(response, 500, 'ServerError'));
    const runtime = testRuntime({ now: () => 0 });
    const client = testClient(server.url, { requestsPerSecond: 0.5, totalTimeoutMs: 1000 }, runtime);
    expect(await failure(client.describeImage(ids()))).toMatchObject({ code: 'Service', attempts: 1 });
    expect(server.received).toHaveLength(1);
    expect(Math.max(...runtime.slept)).toBeLessThan(1000);
  });

  it('does not delay an abort between attempts', async () => {
    const server = await startServer((_, response) => sendError(response, 500, 'ServerError'));
    const controller = new AbortController();
    const waiting = gate();
    const client = testClient(
      server.url,
      { shareEqualReads: false, onRetry: () => waiting.open() },
      // A wait far longer than any test.
      testRuntime({ wait: (_ms, done) => waitByTimer(3_600_000, done) }),
    );
    const call = client.describeImage(ids(), { signal: controller.signal, totalTimeoutMs: 2 ** 31 - 1 });
    await waiting.opened;
    controller.abort('enough');
    expect(await failureByNow(call)).toMatchObject({ code: 'Abort', cause: 'enough' });
    expect(server.received).toHaveLength(1);
  });

  it.each([true, false])('does not delay an abort in the queue (shared: %s)', async (shareEqualReads) => {
    const release = gate();
    const arrived = gate();
    const server = await startServer(async (_, response) => {
      arrived.open();
      await release.opened;
      sendDigest(response);
    });
    const controller = new AbortController();
    const client = testClient(server.url, { concurrency: 1, shareEqualReads });
    const first = client.describeImage(ids(1));
    await arrived.opened;
    const second = client.describeImage(ids(2), { signal: controller.signal });
    const third = client.describeImage(ids(3));
    controller.abort('enough');
    expect(await failureByNow(second)).toMatchObject({ code: 'Abort', cause: 'enough', attempts: 0 });
    release.open();
    await Promise.all([first, third]);
    expect(server.received).toHaveLength(2);
  });

  it('covers the wait for a slot', async () => {
    const passTime = holdTime();
    const server = await startServer(() => {});
    const client = testClient(server.url, { concurrency: 1, maxRetries: 0 });
    const held = failure(client.describeImage(ids(0)));
    const call = client.describeImage(ids(1), { totalTimeoutMs: 30 });
    await loopbackRoundTrip();
    passTime(30);
    expect(await failureByNow(call)).toMatchObject({
      code: 'Timeout',
      attempts: 0,
      message: 'no free slot within 30 ms',
    });
    client.close();
    await held;
    expect(server.received).toHaveLength(1);
  });

  it('covers a custom send that never settles', async () => {
    const passTime = holdTime();
    let fired = false;
    const send: Send = (_request, { signal }) => {
      signal?.addEventListener('abort', () => {
        fired = true;
      });
      return new Promise(() => {});
    };
    const client = testClient('https://sas.example', { send, totalTimeoutMs: 30 });
    const call = client.describeImage(ids());
    await loopbackRoundTrip();
    passTime(30);
    expect(await failureByNow(call)).toMatchObject({ code: 'Timeout', attempts: 1 });
    expect(fired).toBe(true);
  });

  it('covers all pages of a list and all steps of a resolution', async () => {
    let now = 0;
    const runtime = testRuntime({ now: () => now });
    // Every page has another image, and takes 400 ms.
    const server = await startServer((_, response, index) => {
      now += 400;
      const row = {
        RegionId: 'cn-hangzhou',
        InstanceId: 'cri-1',
        RepoId: 'crr-1',
        Tag: `t${index}`,
        Digest: HEX,
      };
      sendJson(response, 200, {
        RequestId: 'R',
        ImageInstanceList: [row],
        PageInfo: { TotalCount: 100, CurrentPage: index + 1, PageSize: 1, Count: 1 },
      });
    });
    const client = testClient(server.url, { shareEqualReads: false }, runtime);
    const limits = { totalTimeoutMs: 1000, maxRetries: 0 };
    const list = await failure(client.listImages({}, limits).all());
    expect(list).toMatchObject({ code: 'Timeout' });
    expect(server.received).toHaveLength(3);
    for (const run of [
      () => client.findTags(HEX, limits),
      () => client.resolveImage('registry.example/a/b:t', limits),
    ]) {
      const before = server.received.length;
      expect(await failure(run())).toMatchObject({ code: 'Timeout' });
      expect(server.received.length - before).toBe(3);
    }
  });

  it('does not depend on the wall clock', async () => {
    const server = await startServer((_, response, index) =>
      index === 0 ? sendError(response, 500, 'ServerError') : sendDigest(response),
    );
    let wall = Date.UTC(2026, 0, 1);
    const runtime = testRuntime({ now: () => (wall += 3_600_000), monotonic: nodeRuntime.monotonic });
    const durations: number[] = [];
    const client = testClient(
      server.url,
      { requestsPerSecond: 1000, onResponse: ({ durationMs }) => durations.push(durationMs) },
      runtime,
    );
    expect(await client.describeImage(ids())).toMatchObject({ attempts: 2 });
    expect(Math.max(...durations)).toBeLessThan(60_000);
  });
});

it.each([
  ['Node', nodeRuntime],
  ['other runtimes', webRuntime],
])('measures durations in %s by a clock that a step of the wall clock does not move', (_name, runtime) => {
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
  const start = runtime.monotonic();
  vi.setSystemTime(Date.now() + 3_600_000);
  expect(runtime.monotonic() - start).toBeLessThan(60_000);
  vi.setSystemTime(Date.now() - 7_200_000);
  expect(runtime.monotonic()).toBeGreaterThanOrEqual(start);
});

describe('a call that waits or is aborted', () => {
  it('returns its share of the rate', async () => {
    const server = await startServer((_, response) => sendDigest(response));
    let now = 0;
    const runtime = testRuntime({ now: () => now, wait: (_ms, done) => waitByTimer(3_600_000, done) });
    const client = testClient(server.url, { requestsPerSecond: 5, totalTimeoutMs: 2_000_000 }, runtime);
    await Promise.all([0, 1, 2, 3, 4].map((number) => client.describeImage(ids(number))));
    const controller = new AbortController();
    const { signal } = controller;
    const aborted = Array.from({ length: 60 }, (_, index) =>
      client.describeImage(ids(100 + index), { signal }),
    );
    controller.abort();
    await Promise.all(aborted.map(failureByNow));
    now = 200;
    await client.describeImage(ids(5));
    expect(server.received).toHaveLength(6);
  });

  it('leaves no listener on the signal, and shares one listener with other calls', async () => {
    const warnings: Error[] = [];
    const note = (warning: Error): void => void warnings.push(warning);
    process.on('warning', note);
    const server = await startServer((_, response) => sendDigest(response));
    const client = testClient(server.url, { concurrency: 2 });
    const { signal } = new AbortController();
    await Promise.all(Array.from({ length: 30 }, (_, index) => client.describeImage(ids(index), { signal })));
    await new Promise(setImmediate);
    process.off('warning', note);
    expect(warnings).toEqual([]);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('leaves no timer, even when the provider hangs', async () => {
    const timers = (): number =>
      process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
    const before = timers();
    const client = testClient('https://sas.example', { credentials: () => new Promise(() => {}) });
    const controller = new AbortController();
    const call = client.describeImage(ids(), { signal: controller.signal });
    await new Promise(setImmediate);
    expect(timers()).toBeGreaterThan(before);
    controller.abort();
    await failureByNow(call);
    expect(timers()).toBeLessThanOrEqual(before);
  });

  it('occupies no slot while it waits for a retry', async () => {
    const server = await startServer((_, response, index) =>
      index === 0 ? sendError(response, 500, 'ServerError') : sendDigest(response),
    );
    const waiting = gate<() => void>();
    const runtime = testRuntime({
      wait: (_ms, done) => {
        waiting.open(done);
        return () => {};
      },
    });
    const client = testClient(server.url, { concurrency: 1 }, runtime);
    const first = client.describeImage(ids(1));
    const endWait = await waiting.opened;
    await client.describeImage(ids(2));
    endWait();
    expect(await first).toMatchObject({ attempts: 2, imageTag: 't1' });
  });
});
