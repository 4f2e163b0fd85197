import { describe, expect, test } from 'vitest';
import { sleep } from '../src/client/sleep.ts';
import { AbortError } from '../src/errors/errors.ts';
import { fetchSend } from '../src/transport/index.ts';
import { sendDigest, sendError, startServer } from './scripted-server.ts';
import { credentials, failure, gate, ids, testClient, testRuntime } from './test-client.ts';

const transports = [
  ['node:http', {}],
  ['fetch', { send: fetchSend((url, init) => fetch(url, init)) }],
] as const;

describe.each(transports)('deadlines over %s', (_name, transport) => {
  test.each<[string, Parameters<typeof startServer>[0]]>([
    ['no answer at all', () => {}],
    ['headers that do not come', (request) => request.socket.write('HTTP/1.1 200 OK\r\ncontent-le')],
    [
      'a body that does not end',
      (_, response) => response.writeHead(200, { 'content-length': '50' }).write('{"RequestId":'),
    ],
  ])('%s is a timeout of the attempt', async (_what, reply) => {
    const server = await startServer(reply);
    const client = testClient(server.url, { ...transport, attemptTimeoutMs: 40, maxRetries: 1 });
    const error = await failure(client.describeImage(ids()));
    expect(error).toMatchObject({ code: 'Timeout', attempts: 2, retryable: true });
    expect(error.message).toContain('within 40 ms');
  });

  test('a body that trickles in does not extend the attempt', async () => {
    const server = await startServer((_, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write(' '), 5);
      response.once('close', () => clearInterval(timer));
    });
    const client = testClient(server.url, { ...transport, attemptTimeoutMs: 60, maxRetries: 0 });
    expect(await failure(client.describeImage(ids()))).toMatchObject({ code: 'Timeout', attempts: 1 });
  });

  test('an attempt that timed out lets go of its socket', async () => {
    const closed = gate();
    const server = await startServer((request) => request.socket.once('close', () => closed.open()));
    const client = testClient(server.url, { ...transport, attemptTimeoutMs: 40, maxRetries: 0 });
    await failure(client.describeImage(ids()));
    await closed.opened;
  });

  test('a call aborted before it starts sends nothing', async () => {
    const server = await startServer((_, response) => sendDigest(response));
    const reason = new Error('not needed');
    const error = await failure(
      testClient(server.url, transport).describeImage(ids(), { signal: AbortSignal.abort(reason) }),
    );
    expect(error).toMatchObject({ code: 'Abort', attempts: 0, cause: reason });
    expect(server.received).toHaveLength(0);
  });

  test.each([true, false])(
    'a call aborted while it is answered is cut (shared: %s)',
    async (shareEqualReads) => {
      const arrived = gate();
      const closed = gate();
      const server = await startServer((request) => {
        request.socket.once('close', () => closed.open());
        arrived.open();
      });
      const controller = new AbortController();
      const client = testClient(server.url, { ...transport, shareEqualReads });
      const call = failure(client.describeImage(ids(), { signal: controller.signal }));
      await arrived.opened;
      controller.abort('enough');
      expect(await call).toMatchObject({ code: 'Abort', cause: 'enough' });
      await closed.opened;
      expect(server.received).toHaveLength(1);
    },
  );

  test('a call aborted while its request is made is not sent', async () => {
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
    // A second call goes through: nothing of the first is left behind.
    const other = testClient(server.url, transport);
    await other.describeImage(ids());
    expect(server.received).toHaveLength(1);
  });
});

describe('deadlines', () => {
  test('the total bounds all attempts: the last one gets what is left', async () => {
    const server = await startServer(() => {});
    let now = 0;
    const runtime = testRuntime({
      now: () => now,
      sleep: async () => {
        now = 9970;
      },
    });
    const limits = { attemptTimeoutMs: 50, totalTimeoutMs: 10_000 };
    const error = await failure(testClient(server.url, limits, runtime).describeImage(ids()));
    expect(error.message).toContain('within 30 ms');
    expect(error).toMatchObject({ code: 'Timeout', attempts: 2 });
  });

  test('a provider that took long leaves the request what is left of the total', async () => {
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
    expect(error.message).toContain('within 30 ms');
    expect(error).toMatchObject({ code: 'Timeout', attempts: 1 });
  });

  test('a pace too slow for another attempt within the total ends the call with what went wrong', async () => {
    const server = await startServer((_, response) => sendError(response, 500, 'ServerError'));
    const runtime = testRuntime({ now: () => 0 });
    const client = testClient(server.url, { requestsPerSecond: 0.5, totalTimeoutMs: 1000 }, runtime);
    expect(await failure(client.describeImage(ids()))).toMatchObject({ code: 'Service', attempts: 1 });
    expect(server.received).toHaveLength(1);
    expect(Math.max(...runtime.slept)).toBeLessThan(1000);
  });

  test('an abort ends the wait between attempts', async () => {
    const server = await startServer((_, response) => sendError(response, 500, 'ServerError'));
    const controller = new AbortController();
    const client = testClient(
      server.url,
      { shareEqualReads: false, onRetry: () => setImmediate(() => controller.abort('enough')) },
      // The real wait, made far longer than any test.
      { ...testRuntime(), sleep: (_ms, signal) => sleep(3_600_000, signal) },
    );
    expect(
      await failure(client.describeImage(ids(), { signal: controller.signal, totalTimeoutMs: 2 ** 31 - 1 })),
    ).toMatchObject({
      code: 'Abort',
      cause: 'enough',
    });
    expect(server.received).toHaveLength(1);
  });

  test.each([true, false])(
    'an abort in the queue is immediate and costs no turn (shared: %s)',
    async (shareEqualReads) => {
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
      const second = failure(client.describeImage(ids(2), { signal: controller.signal }));
      const third = client.describeImage(ids(3));
      controller.abort('enough');
      expect(await second).toMatchObject({ code: 'Abort', cause: 'enough', attempts: 0 });
      release.open();
      await Promise.all([first, third]);
      expect(server.received).toHaveLength(2);
    },
  );

  test('waiting for a turn does not count towards the deadline', async () => {
    const server = await startServer((_, response) => sendDigest(response));
    let now = 0;
    const runtime = testRuntime({ now: () => (now += 400) });
    const client = testClient(server.url, { concurrency: 1, totalTimeoutMs: 5000 }, runtime);
    await Promise.all(Array.from({ length: 20 }, (_, index) => client.describeImage(ids(index))));
    expect(server.received).toHaveLength(20);
  });
});
