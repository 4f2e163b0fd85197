import { describe, expect, it } from 'vitest';
import type { ClientOptions } from '../src/client/client-options.ts';
import type { AttemptFailedEvent, RequestEvent, ResponseEvent, RetryEvent } from '../src/client/hooks.ts';
import { waitByTimer } from '../src/client/runtime.ts';
import { CredentialsError, ValidationError } from '../src/errors/errors.ts';
import { createClient } from '../src/index.ts';
import { createClient as createWebClient } from '../src/index-web.ts';
import { describeImageOperation } from '../src/operations/index.ts';
import type { Send } from '../src/transport/index.ts';
import { sendDigest, sendError, startServer } from './scripted-server.ts';
import { credentials, failure, gate, ids, testClient, testRuntime } from './test-client.ts';

describe('concurrency', () => {
  it('limits requests and sockets at once', async () => {
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
  /** A second passes only while somebody sleeps. */
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
    const paces = waits.filter((milliseconds) => milliseconds !== 250);
    expect(Math.max(...paces)).toBeGreaterThan(190);
    expect(paces.at(-1)).toBeCloseTo(100, 6);
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

describe('hooks', () => {
  it('receive every request, answer and wait in order, without secrets', async () => {
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

  it('cannot fail a call by throwing or rejecting', async () => {
    const server = await startServer((_, response, index) =>
      index % 2 === 0 ? sendError(response, 500, 'ServerError') : sendDigest(response),
    );
    const boom = (): never => {
      throw new Error('boom');
    };
    const rejects = (): Promise<never> => Promise.reject(new Error('boom'));
    for (const hook of [boom, rejects]) {
      const hooks = { onRequest: hook, onResponse: hook, onAttemptFailed: hook, onRetry: hook };
      expect(await testClient(server.url, hooks).describeImage(ids())).toMatchObject({ attempts: 2 });
    }
  });

  it('receive one call id for all attempts of a call, and every failed attempt', async () => {
    const server = await startServer((_, response) => sendError(response, 500, 'ServerError'));
    const requests: RequestEvent[] = [];
    const failed: AttemptFailedEvent[] = [];
    const client = testClient(server.url, {
      maxRetries: 1,
      onRequest: (event) => requests.push(event),
      onAttemptFailed: (event) => failed.push(event),
    });
    await failure(client.describeImage(ids(1)));
    const last = await failure(client.describeImage(ids(2)));
    expect(requests.map(({ callId, attempt }) => [callId, attempt])).toEqual([
      [1, 1],
      [1, 2],
      [2, 1],
      [2, 2],
    ]);
    expect(failed.map(({ callId, attempt, willRetry }) => [callId, attempt, willRetry])).toEqual([
      [1, 1, true],
      [1, 2, false],
      [2, 1, true],
      [2, 2, false],
    ]);
    expect(failed[3]?.error).toBe(last);
  });

  it('receive an attempt that failed before it was sent', async () => {
    const failed: AttemptFailedEvent[] = [];
    const client = testClient('https://sas.example', {
      credentials: () => ({ accessKeyId: 'k', accessKeySecret: '' }),
      onAttemptFailed: (event) => failed.push(event),
    });
    await failure(client.describeImage(ids()));
    expect(failed).toMatchObject([
      { attempt: 1, willRetry: false, error: { code: 'Credentials', attempts: 0 } },
    ]);
  });
});

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

describe('options', () => {
  it.each([
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
    ['shareEqualReads', { shareEqualReads: 'no' as never }],
    ['send', { send: {} as never }],
    ['onRequest', { onRequest: 'log' as never }],
    ['onAttemptFailed', { onAttemptFailed: {} as never }],
    ['transport', { transport: 'undici' as never }],
    ['proxy', { proxy: 'socks5://proxy.example' }],
    ['proxy', { proxy: '' }],
    ['proxy', { proxy: true as never }],
    ['tls', { tls: 'TLSv1.3' as never }],
    ['tls.minVersion', { tls: { minVersion: 'TLSv1' as never } }],
    ['tls.rejectUnauthorized', { tls: { rejectUnauthorized: false } as never }],
    ['tls.ca', { tls: { ca: [5] as never } }],
    ['tls.passphrase', { tls: { passphrase: new Uint8Array() as never } }],
  ])('reject a wrong %s when the client is made: %j', (name, options) => {
    expect(() => createClient({ credentials, ...options })).toThrow(ValidationError);
    expect(() => createClient({ credentials, ...options })).toThrow(new RegExp(`^${name}`));
  });

  it('reject a wrong limit of one call before anything is sent', async () => {
    const server = await startServer((_, response) => sendDigest(response));
    const error = await failure(testClient(server.url).describeImage(ids(), { maxRetries: -1 }));
    expect(error).toMatchObject({ code: 'Validation', attempts: 0 });
    expect(server.received).toHaveLength(0);
  });

  it('accept the proxies and TLS settings that the transport supports', () => {
    for (const proxy of [
      'environment',
      false,
      'http://u:p%40@proxy.example:3128',
      'proxy.example:3128',
    ] as const)
      createClient({ credentials, proxy }).close();
    const pem = '-----BEGIN CERTIFICATE-----';
    createClient({
      credentials,
      tls: {
        ca: [pem, new Uint8Array()],
        minVersion: 'TLSv1.3',
        cert: pem,
        key: pem,
        passphrase: 'x',
        servername: 'x',
      },
    }).close();
  });

  it('never quote a proxy, which may contain a password', () => {
    expect(() => createClient({ credentials, proxy: 'socks5://user:hunter2@proxy.example' })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
    );
  });

  it.each([
    ['proxy', { proxy: 'http://proxy.example:3128' }],
    ['tls', { tls: { ca: 'x' } }],
    ['transport', { transport: 'node:http' }],
  ] as const)('reject %s where the transport does not support it', (name, options) => {
    const send: Send = () => Promise.reject(new Error('unused'));
    expect(() => createClient({ credentials, ...options, send })).toThrow(new RegExp(`^${name}`));
    expect(() => createWebClient({ credentials, ...options })).toThrow(new RegExp(`^${name}`));
    createClient({ credentials, proxy: false, send }).close();
  });

  it('require credentials', () => {
    expect(() => createClient({ credentials: undefined as never })).toThrow(CredentialsError);
  });
});
