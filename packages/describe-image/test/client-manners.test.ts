import { describe, expect, test } from 'vitest';
import type { RequestEvent, ResponseEvent, RetryEvent } from '../src/client/hooks.ts';
import { CredentialsError, ValidationError } from '../src/errors/errors.ts';
import { createClient } from '../src/index.ts';
import { sendDigest, sendError, startServer } from './scripted-server.ts';
import { credentials, failure, gate, ids, testClient, testRuntime } from './test-client.ts';

describe('concurrency', () => {
  test('never more than the bound at once, in requests and in sockets', async () => {
    let mostAtOnce = 0;
    let held: (() => void)[] = [];
    // Every answer is held back until five requests have come, and a little longer: a sixth would be seen.
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

  test('two thousand calls at once all arrive, over 64 sockets', async () => {
    const server = await startServer((_, response) => sendDigest(response));
    const client = testClient(server.url);
    const calls = Array.from({ length: 2000 }, (_, index) => client.describeImage(ids(index)));
    expect(new Set((await Promise.all(calls)).map(({ imageTag }) => imageTag)).size).toBe(2000);
    expect(server.connections()).toBeLessThanOrEqual(64);
    expect(server.received).toHaveLength(2000);
  });

  test('a failed call gives its turn back', async () => {
    const server = await startServer((_, response) => sendError(response, 403, 'NoPermission'));
    const client = testClient(server.url, { concurrency: 1 });
    const calls = Array.from({ length: 10 }, (_, index) => failure(client.describeImage(ids(index))));
    expect(await Promise.all(calls)).toHaveLength(10);
  });

  test('calls one after the other use one socket', async () => {
    const server = await startServer((_, response) => sendDigest(response));
    const client = testClient(server.url);
    for (let index = 0; index < 10; index++) await client.describeImage(ids(index));
    expect(server.connections()).toBe(1);
  });
});

describe('requestsPerSecond', () => {
  /** A second passes only while somebody sleeps. */
  function virtualTime() {
    let now = 0;
    const waits: number[] = [];
    const runtime = testRuntime({
      now: () => now,
      sleep: async (milliseconds) => {
        waits.push(milliseconds);
        now += milliseconds;
      },
    });
    return { runtime, waits };
  }

  test('lets one second’s worth through at once, then keeps the pace', async () => {
    const server = await startServer((_, response) => sendDigest(response));
    const { runtime, waits } = virtualTime();
    const client = testClient(server.url, { requestsPerSecond: 10 }, runtime);
    for (let index = 0; index < 30; index++) await client.describeImage(ids(index));
    expect(waits).toEqual(Array.from({ length: 20 }, () => 100));
  });

  test('slows to half when throttled, and recovers', async () => {
    const server = await startServer((_, response, index) =>
      index === 10 ? sendError(response, 400, 'Throttling') : sendDigest(response),
    );
    const { runtime, waits } = virtualTime();
    const client = testClient(server.url, { requestsPerSecond: 10 }, runtime);
    for (let index = 0; index < 100; index++) await client.describeImage(ids(index));
    const paces = waits.filter((milliseconds) => milliseconds !== 250);
    expect(Math.max(...paces)).toBeGreaterThan(190);
    expect(paces.at(-1)).toBeCloseTo(100, 6);
  });

  test('without it nobody waits', async () => {
    const server = await startServer((_, response) => sendDigest(response));
    const { runtime, waits } = virtualTime();
    const client = testClient(server.url, {}, runtime);
    for (let index = 0; index < 50; index++) await client.describeImage(ids(index));
    expect(waits).toEqual([]);
  });

  test('an abort ends the wait for the pace, and counts no attempt', async () => {
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

describe('hooks', () => {
  test('tell of every request, answer and wait, in order, without anything secret', async () => {
    const server = await startServer((_, response, index) =>
      index === 0
        ? sendError(response, 500, 'ServerError', { 'x-acs-request-id': 'E' })
        : sendDigest(response),
    );
    const events: (RequestEvent | ResponseEvent | RetryEvent)[] = [];
    const note = (event: RequestEvent | ResponseEvent | RetryEvent): void => {
      events.push(event);
    };
    const client = testClient(server.url, {
      credentials: { ...credentials, securityToken: 'CAISsecurityTOKEN' },
      onRequest: note,
      onResponse: note,
      onRetry: note,
    });
    await client.describeImage(ids());
    const endpoint = server.url.slice('http://'.length);
    const seen = { action: 'DescribeImage', endpoint };
    expect(events).toMatchObject([
      { ...seen, attempt: 1, method: 'POST', query: expect.stringContaining('ImageTag=t0') },
      { ...seen, attempt: 1, status: 500, requestId: 'E', durationMs: expect.any(Number) },
      { ...seen, attempt: 1, delayMs: 250, error: { code: 'Service', attempts: 1 } },
      { ...seen, attempt: 2, headers: { authorization: '[redacted]', 'x-acs-security-token': '[redacted]' } },
      { ...seen, attempt: 2, status: 200 },
    ]);
    expect(JSON.stringify(events)).not.toMatch(/CAIS|Signature=|NeverShown/);
    expect(server.received[1]?.headers['x-acs-security-token']).toBe('CAISsecurityTOKEN');
  });

  test('what a hook throws, the call throws, and the turn is given back', async () => {
    const server = await startServer((_, response) => sendDigest(response));
    const boom = new Error('boom');
    let calls = 0;
    const onResponse = (): void => {
      if (calls++ === 0) throw boom;
    };
    const client = testClient(server.url, { concurrency: 1, onResponse });
    await expect(client.describeImage(ids())).rejects.toBe(boom);
    await client.describeImage(ids());
  });
});

describe('close', () => {
  test('cuts calls under way and waiting ones, without sending them again', async () => {
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

  test('leaves the client usable: the next call connects anew', async () => {
    const server = await startServer((_, response) => sendDigest(response));
    const client = testClient(server.url);
    await client.describeImage(ids());
    client.close();
    client.close();
    await client.describeImage(ids());
    expect(server.connections()).toBe(2);
  });
});

describe('options', () => {
  test.each([
    ['attemptTimeoutMs', { attemptTimeoutMs: 0 }],
    ['attemptTimeoutMs', { attemptTimeoutMs: 2 ** 31 }],
    ['totalTimeoutMs', { totalTimeoutMs: Number.NaN }],
    ['maxRetries', { maxRetries: -1 }],
    ['maxRetries', { maxRetries: 1.5 }],
    ['concurrency', { concurrency: 0 }],
    ['requestsPerSecond', { requestsPerSecond: 0 }],
    ['requestsPerSecond', { requestsPerSecond: Number.POSITIVE_INFINITY }],
    ['endpoint', { endpoint: 'ftp://x' }],
    ['region', { region: 'x y' }],
  ])('a wrong %s is refused when the client is made: %j', (name, options) => {
    expect(() => createClient({ credentials, ...options })).toThrow(ValidationError);
    expect(() => createClient({ credentials, ...options })).toThrow(new RegExp(`^${name}`));
  });

  test('a wrong limit of one call is refused before anything is sent', async () => {
    const server = await startServer((_, response) => sendDigest(response));
    const error = await failure(testClient(server.url).describeImage(ids(), { maxRetries: -1 }));
    expect(error).toMatchObject({ code: 'Validation', attempts: 0 });
    expect(server.received).toHaveLength(0);
  });

  test('credentials are needed', () => {
    expect(() => createClient({ credentials: undefined as never })).toThrow(CredentialsError);
  });
});
