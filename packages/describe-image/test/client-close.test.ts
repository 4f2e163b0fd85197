import { describe, expect, it } from 'vitest';
import type { ClientOptions } from '../src/client/client-options.ts';
import { waitByTimer } from '../src/client/runtime.ts';
import { createClient } from '../src/index.ts';
import { describeImageOperation } from '../src/operations/index.ts';
import { sendDigest, sendError, startServer } from './scripted-server.ts';
import { credentials, failure, gate, ids, testClient, testRuntime } from './test-client.ts';

describe('close', () => {
  it('ends calls in flight and in the queue, without a retry', async () => {
    const arrived = gate();
    const server = await startServer(() => arrived.open());
    const client = testClient(server.url, { concurrency: 1 });
    const calls = [1, 2, 3].map((number) => failure(client.describeImage(ids(number))));
    await arrived.opened;
    client.close();
    for (const error of await Promise.all(calls))
      expect(error).toMatchObject({ code: 'Abort', message: 'the client was closed' });
    expect(server.received).toHaveLength(1);
  });

  it('ends calls that wait for a retry, for credentials or for the rate at once', async () => {
    const server = await startServer((_, response) => sendError(response, 500, 'ServerError'));
    const waiting = gate();
    const never = new Promise<never>(() => {});
    const cases: [string, Partial<ClientOptions>, Promise<unknown>][] = [
      ['a retry', { onRetry: () => waiting.open() }, waiting.opened],
      ['credentials', { credentials: () => never }, Promise.resolve()],
      ['a send of its own', { send: () => never }, Promise.resolve()],
    ];
    for (const [, options, isWaiting] of cases) {
      const runtime = testRuntime({ wait: (_ms, done) => waitByTimer(3_600_000, done) });
      const client = testClient(server.url, options, runtime);
      const call = failure(client.describeImage(ids()));
      await isWaiting;
      await new Promise(setImmediate);
      client.close();
      expect(await call).toMatchObject({ code: 'Abort', message: 'the client was closed' });
    }
    const slow = createClient({ credentials, endpoint: server.url, requestsPerSecond: 0.001, maxRetries: 0 });
    await failure(slow.describeImage(ids(1)));
    const second = failure(slow.describeImage(ids(2)));
    await new Promise(setImmediate);
    slow.close();
    expect(await second).toMatchObject({ code: 'Abort', attempts: 0 });
  });

  it('rejects later calls, may be repeated, and is called by using', async () => {
    const server = await startServer((_, response) => sendDigest(response));
    const client = testClient(server.url);
    await client.describeImage(ids());
    client[Symbol.dispose]();
    client.close();
    await client[Symbol.asyncDispose]();
    expect(await failure(client.describeImage(ids()))).toMatchObject({
      code: 'Abort',
      message: 'the client was closed',
      attempts: 0,
    });
    expect(await failure(client.explain(describeImageOperation, ids()))).toMatchObject({ code: 'Abort' });
    expect(server.received).toHaveLength(1);
  });

  it('fires the signal of a provider that closes the client itself and does not answer', async () => {
    let signal: AbortSignal | undefined;
    const client = testClient('https://sas.example', {
      credentials: (request) => {
        signal = request?.signal;
        client.close();
        return new Promise(() => {});
      },
    });
    expect(await failure(client.describeImage(ids()))).toMatchObject({ code: 'Abort' });
    expect(signal?.aborted).toBe(true);
  });

  it('ends when the provider closes the client as its signal fires', async () => {
    const controller = new AbortController();
    const client = testClient('https://sas.example', {
      credentials: (request) => {
        request?.signal?.addEventListener('abort', () => client.close());
        return new Promise(() => {});
      },
    });
    const call = failure(client.describeImage(ids(), { signal: controller.signal }));
    await new Promise(setImmediate);
    controller.abort();
    expect(await call).toMatchObject({ code: 'Abort', message: 'the call was aborted' });
  });

  it('fires the signal of a provider that has not answered', async () => {
    const signals: (AbortSignal | undefined)[] = [];
    const client = testClient('https://sas.example', {
      credentials: (request) => {
        signals.push(request?.signal);
        return new Promise(() => {});
      },
    });
    const call = failure(client.describeImage(ids()));
    await new Promise(setImmediate);
    client.close();
    await call;
    expect(signals.map((signal) => signal?.aborted)).toEqual([true]);
  });
});
