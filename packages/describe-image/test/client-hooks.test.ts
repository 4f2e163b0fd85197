import { describe, expect, it } from 'vitest';
import type { AttemptFailedEvent, RequestEvent, ResponseEvent, RetryEvent } from '../src/client/hooks.ts';
import { sendDigest, sendError, startServer } from './scripted-server.ts';
import { credentials, failure, ids, testClient } from './test-client.ts';

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

  it.each([
    ['an answer', () => Promise.resolve(credentials), 1, 'no complete answer'],
    ['credentials', () => new Promise<never>(() => {}), 0, 'no credentials'],
  ])('receive an attempt that waits for %s at the total', async (_what, provider, attempts, message) => {
    const server = await startServer(() => {});
    const failed: AttemptFailedEvent[] = [];
    const client = testClient(server.url, {
      credentials: provider,
      totalTimeoutMs: 40,
      onAttemptFailed: (event) => failed.push(event),
    });
    const error = await failure(client.describeImage(ids()));
    expect(error).toMatchObject({ code: 'Timeout', attempts, message: expect.stringContaining(message) });
    expect(failed).toMatchObject([{ callId: 1, attempt: 1, willRetry: false, error: { code: 'Timeout' } }]);
    expect(failed[0]?.error).toBe(error);
  });

  it('receive the timeout of a retry, not the error of the attempt before', async () => {
    const server = await startServer((_, response, index) => {
      if (index === 0) sendError(response, 503, 'ServiceUnavailable');
    });
    const failed: AttemptFailedEvent[] = [];
    const client = testClient(server.url, {
      credentials: () => Promise.resolve(credentials),
      totalTimeoutMs: 300,
      onAttemptFailed: (event) => failed.push(event),
    });
    expect(await failure(client.describeImage(ids()))).toMatchObject({ code: 'Timeout', attempts: 2 });
    expect(failed.map(({ attempt, error }) => [attempt, error.code])).toEqual([
      [1, 'Service'],
      [2, 'Timeout'],
    ]);
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
