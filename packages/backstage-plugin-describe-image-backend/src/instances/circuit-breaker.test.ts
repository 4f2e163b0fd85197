import type { Answer, Call, Operation } from '@describe-image/core';
import { NetworkError, NotFoundError, ServiceError, TimeoutError } from '@describe-image/core';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createCircuitBreakers, PausedError } from './circuit-breaker.ts';

const ENDPOINT = 'tds.example';
// The calls below read neither of these.
const operation = {} as Operation<object, string>;
const answer = { output: 'an answer' } as Answer<string>;

/** A protected call whose result the test sets. */
function setUp() {
  const changes: [string, boolean][] = [];
  const breakers = createCircuitBreakers({
    now: Date.now,
    onChange: (...change) => void changes.push(change),
  });
  const service: { error: unknown; calls: number } = { error: undefined, calls: 0 };
  const fake = async (): Promise<Answer<string>> => {
    service.calls++;
    if (service.error !== undefined) throw service.error;
    return answer;
  };
  const protect = (endpoint: string) => breakers.protect(endpoint, fake as unknown as Call);
  const request = (call = protect(ENDPOINT)) => call(operation, {}).catch((error: unknown) => error);
  return { changes, protect, request, service };
}

/** An error of a call that sent requests. */
const sent = <Failure extends { attempts: number }>(error: Failure, attempts = 1): Failure =>
  Object.assign(error, { attempts });

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

it.each([
  ['connection errors', sent(new NetworkError('reset'))],
  ['time limits', sent(new TimeoutError('too late'))],
  ['responses with status 502', sent(new ServiceError('bad gateway', { status: 502 }))],
])('pauses calls after five %s in succession', async (_, error) => {
  const { changes, request, service } = setUp();
  service.error = error;
  for (let n = 0; n < 5; n++) expect(await request()).toBe(error);
  vi.advanceTimersByTime(10_000);
  expect(await request()).toMatchObject({ name: 'PausedError', retryAfterMs: 20_000 });
  expect(service.calls).toBe(5);
  expect(changes).toEqual([[ENDPOINT, true]]);
});

it.each([
  ['errors that the service returned', sent(new NotFoundError('no such image'))],
  ['calls that were never sent', sent(new TimeoutError('too late'), 0)],
])('does not pause calls after %s', async (_, error) => {
  const { request, service } = setUp();
  service.error = error;
  for (let n = 0; n < 10; n++) expect(await request()).toBe(error);
  expect(service.calls).toBe(10);
});

it('counts failures again after an answer, also after one that the image does not exist', async () => {
  const { request, service } = setUp();
  for (const error of [new NotFoundError('no such image'), undefined]) {
    service.error = sent(new NetworkError('reset'));
    for (let n = 0; n < 4; n++) await request();
    service.error = error;
    await request();
  }
  service.error = sent(new NetworkError('reset'));
  for (let n = 0; n < 4; n++) await request();
  expect(await request()).toBeInstanceOf(NetworkError);
  expect(await request()).toBeInstanceOf(PausedError);
});

it('tests the endpoint with one call after the pause, and continues when it succeeds', async () => {
  const { changes, request, service } = setUp();
  service.error = sent(new NetworkError('reset'));
  for (let n = 0; n < 5; n++) await request();
  vi.advanceTimersByTime(30_000);
  expect(await request()).toBeInstanceOf(NetworkError);
  expect(await request()).toBeInstanceOf(PausedError);
  vi.advanceTimersByTime(30_000);
  service.error = undefined;
  expect(await Promise.all([request(), request()])).toEqual([answer, answer]);
  expect(changes).toEqual([
    [ENDPOINT, true],
    [ENDPOINT, true],
    [ENDPOINT, false],
  ]);
});

it('pauses accounts with the same endpoint together, and no others', async () => {
  const { protect, request, service } = setUp();
  service.error = sent(new NetworkError('reset'));
  for (let n = 0; n < 5; n++) await request(protect(ENDPOINT));
  service.error = undefined;
  expect(await request(protect(ENDPOINT))).toBeInstanceOf(PausedError);
  expect(await request(protect('another.example'))).toBe(answer);
});
