import { describe, expect, it } from 'vitest';
import type { RetryEvent } from '../src/client/hooks.ts';
import { NetworkError } from '../src/errors/errors.ts';
import { rawOperation } from '../src/operations/index.ts';
import type { Send } from '../src/transport/index.ts';
import { sendDigest, sendError, sendJson, startServer } from './scripted-server.ts';
import { failure, ids, testClient, testRuntime } from './test-client.ts';

describe('a client', () => {
  it('sends a new nonce and a new date with every attempt', async () => {
    const server = await startServer((_, response, index) =>
      index < 3 ? sendError(response, 500, 'ServerError') : sendDigest(response),
    );
    let now = Date.UTC(2026, 0, 1);
    const client = testClient(server.url, {}, testRuntime({ now: () => (now += 1000) }));
    expect(await client.describeImage(ids())).toMatchObject({ attempts: 4, requestId: 'R' });
    const header = (name: string): unknown[] => server.received.map(({ headers }) => headers[name]);
    expect(new Set(header('x-acs-signature-nonce')).size).toBe(4);
    expect(new Set(header('x-acs-date')).size).toBe(4);
    expect(new Set(header('authorization')).size).toBe(4);
    for (const nonce of header('x-acs-signature-nonce')) expect(nonce).toMatch(/^[0-9a-f]{32}$/);
  });

  it('sends a thousand requests with as many nonces', async () => {
    const server = await startServer((_, response) => sendDigest(response));
    const client = testClient(server.url);
    await Promise.all(Array.from({ length: 1000 }, (_, index) => client.describeImage(ids(index))));
    expect(new Set(server.received.map(({ headers }) => headers['x-acs-signature-nonce'])).size).toBe(1000);
  });

  it('retries throttling, which is HTTP 400, after the delay that the service requests', async () => {
    const server = await startServer((_, response, index) =>
      index === 0
        ? sendError(response, 400, 'Throttling.User', { 'x-acs-retry-after': '1234' })
        : sendDigest(response),
    );
    const runtime = testRuntime();
    await testClient(server.url, {}, runtime).describeImage(ids());
    expect(runtime.slept).toEqual([1234 * 1.2]);
  });

  it('limits the delay that the service requests to a minute', async () => {
    const server = await startServer((_, response, index) =>
      index === 0
        ? sendError(response, 400, 'Throttling.Api', { 'x-acs-retry-after': '999999999' })
        : sendDigest(response),
    );
    const runtime = testRuntime();
    await testClient(server.url, { totalTimeoutMs: 600_000 }, runtime).describeImage(ids());
    expect(runtime.slept).toEqual([72_000]);
  });

  it('retries three times by default with growing delays, then rejects with the number of attempts', async () => {
    const server = await startServer((_, response) => sendError(response, 503, 'ServiceUnavailable'));
    const runtime = testRuntime();
    const retried: RetryEvent[] = [];
    const onRetry = (event: RetryEvent): unknown => retried.push(event);
    const error = await failure(testClient(server.url, { onRetry }, runtime).describeImage(ids()));
    expect(error).toMatchObject({
      code: 'Service',
      apiCode: 'ServiceUnavailable',
      status: 503,
      requestId: 'E',
      attempts: 4,
      retryable: true,
      endpoint: server.url.slice('http://'.length),
    });
    expect(runtime.slept).toEqual([250, 500, 1000]);
    expect(retried.map(({ attempt, delayMs }) => [attempt, delayMs])).toEqual([
      [1, 250],
      [2, 500],
      [3, 1000],
    ]);
    expect(server.received).toHaveLength(4);
  });

  it('applies the limits of one call', async () => {
    const server = await startServer((_, response) => sendError(response, 500, 'ServerError'));
    const client = testClient(server.url, { maxRetries: 5 });
    expect(await failure(client.describeImage(ids(), { maxRetries: 1 }))).toMatchObject({ attempts: 2 });
    expect(await failure(client.describeImage(ids(), { maxRetries: 0 }))).toMatchObject({ attempts: 1 });
  });

  it('does not start a wait that would end after the total', async () => {
    const server = await startServer((_, response) =>
      sendError(response, 400, 'Throttling', { 'x-acs-retry-after': '5000' }),
    );
    const runtime = testRuntime();
    const error = await failure(
      testClient(server.url, { totalTimeoutMs: 4000 }, runtime).describeImage(ids()),
    );
    expect(error).toMatchObject({ code: 'Throttling', attempts: 1, retryAfterMs: 5000 });
    expect(runtime.slept).toEqual([]);
  });

  it('retries after a connection was cut before the answer', async () => {
    const server = await startServer((request, response, index) =>
      index < 2 ? request.socket.resetAndDestroy() : sendDigest(response),
    );
    expect(await testClient(server.url).describeImage(ids())).toMatchObject({ attempts: 3 });
  });

  it('retries after a connection was cut within the body', async () => {
    const server = await startServer((request, response, index) => {
      if (index > 0) return sendDigest(response);
      response.writeHead(200, { 'content-length': '500' });
      response.write('{"RequestId":"R","Data":{}}');
      setImmediate(() => request.socket.destroy());
    });
    expect(await testClient(server.url).describeImage(ids())).toMatchObject({ attempts: 2 });
  });

  it('reports an unreachable server with the code of the fault', async () => {
    const client = testClient('http://127.0.0.1:1', { maxRetries: 1 });
    const error = await failure(client.describeImage(ids()));
    expect(error).toMatchObject({ code: 'Network', attempts: 2, retryable: true, status: undefined });
    expect(error.message).toContain('ECONNREFUSED');
    expect(error.cause).toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('retries a used nonce after an attempt whose answer was lost', async () => {
    const server = await startServer((request, response, index) => {
      if (index === 0) request.socket.destroy();
      else if (index === 1) sendError(response, 400, 'SignatureNonceUsed');
      else sendDigest(response);
    });
    expect(await testClient(server.url).describeImage(ids())).toMatchObject({ attempts: 3 });
  });

  it('retries a used nonce after a timeout', async () => {
    const server = await startServer((_, response, index) => {
      if (index === 1) sendError(response, 400, 'SignatureNonceUsed');
      else if (index > 1) sendDigest(response);
    });
    const client = testClient(server.url, { attemptTimeoutMs: 500 });
    expect(await client.describeImage(ids())).toMatchObject({ attempts: 3 });
  });

  it.each([
    [400, 'SignatureNonceUsed', 'Signature'],
    [400, 'SignatureDoesNotMatch', 'Signature'],
    [403, 'NoPermission', 'Permission'],
    [404, 'InvalidAccessKeyId.NotFound', 'Credentials'],
    [404, 'InvalidApi.NotFound', 'Service'],
    [404, 'Image.NotFound', 'NotFound'],
    [400, 'MissingImageTag', 'Validation'],
    [400, 'InvalidSecurityToken.Malformed', 'Credentials'],
  ])('does not retry HTTP %d %s', async (status, apiCode, code) => {
    const server = await startServer((_, response) => sendError(response, status, apiCode));
    const error = await failure(testClient(server.url).describeImage(ids()));
    expect(error).toMatchObject({ code, apiCode, status, attempts: 1, retryable: false, requestId: 'E' });
    expect(server.received).toHaveLength(1);
  });

  it('does not retry a write whose answer was lost', async () => {
    const server = await startServer((request) => request.socket.destroy());
    const write = rawOperation('PublicCreateImageScanTask');
    expect(await failure(testClient(server.url).call(write, {}))).toMatchObject({
      code: 'Network',
      attempts: 1,
    });
  });

  it('retries a throttled write', async () => {
    const server = await startServer((_, response, index) =>
      index === 0 ? sendError(response, 400, 'Throttling') : sendJson(response, 200, { RequestId: 'R' }),
    );
    const write = rawOperation('PublicCreateImageScanTask');
    expect(await testClient(server.url).call(write, {})).toMatchObject({ attempts: 2 });
  });

  it('rejects wrong input before anything is sent', async () => {
    const server = await startServer((_, response) => sendDigest(response));
    const error = await failure(testClient(server.url).describeImage({ ...ids(), imageTag: '' }));
    expect(error).toMatchObject({ code: 'Validation', attempts: 0 });
    expect(server.received).toHaveLength(0);
  });
});

describe('a client in an outage', () => {
  it('retries after a 200 that is cut short', async () => {
    const server = await startServer((_, response, index) => {
      if (index > 0) return sendDigest(response);
      response.shouldKeepAlive = false;
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{"RequestId":"R","Data":{"Dig');
    });
    expect(await testClient(server.url).describeImage(ids())).toMatchObject({ attempts: 2 });
  });

  it('stops retrying once the quota of all its calls is used up, and retries again after successes', async () => {
    let isDown = true;
    const server = await startServer((_, response, index) =>
      isDown || index % 2 === 0 ? sendError(response, 503, 'ServiceUnavailable') : sendDigest(response),
    );
    const client = testClient(server.url, { maxRetries: 3 });
    for (let call = 0; call < 60; call++) await failure(client.describeImage(ids()));
    // A hundred retries, however many calls there are.
    expect(server.received).toHaveLength(60 + 100);
    expect((await failure(client.describeImage(ids()))).attempts).toBe(1);
    isDown = false;
    const outcomes = await Promise.allSettled(
      Array.from({ length: 40 }, (_, index) => client.describeImage(ids(index))),
    );
    expect(outcomes.some(({ status }) => status === 'fulfilled')).toBe(true);
  });

  it.each([
    ['proxy that demands a password', new NetworkError('HTTP 407', { retryable: false }), 1],
    ['connection fault', new NetworkError('cut'), 2],
  ])('decides by the error after a %s', async (_what, error, attempts) => {
    const send: Send = () => Promise.reject(error);
    const client = testClient('https://sas.example', { send, maxRetries: 1 });
    expect(await failure(client.describeImage(ids()))).toMatchObject({ code: 'Network', attempts });
  });
});
