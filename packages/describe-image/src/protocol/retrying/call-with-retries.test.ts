import { describe, expect, it } from 'vitest';
import {
  AbortError,
  ClockSkewError,
  CredentialsError,
  type DescribeImageError,
  NetworkError,
  ServiceError,
  ThrottlingError,
  ValidationError,
} from '../../errors/errors.ts';
import {
  type AttemptContext,
  callWithRetries,
  type PlannedRetry,
  type RetryOptions,
} from './call-with-retries.ts';
import { createRetryQuota } from './retry-quota.ts';
import { createServiceClock } from './service-clock.ts';

const NOW = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;
const unavailable = (): ServiceError => new ServiceError('unavailable', { status: 503 });

/** Runs the loop in virtual time: waits end immediately and move the clock. Each attempt throws the next error, then one succeeds. */
function run(errors: readonly unknown[], options: Partial<RetryOptions> = {}, attemptMs = 0) {
  const contexts: AttemptContext[] = [];
  const slept: number[] = [];
  const planned: PlannedRetry[] = [];
  let now = 0;
  const result = callWithRetries(
    {
      attempt: async (context) => {
        contexts.push(context);
        now += attemptMs;
        const error = errors[contexts.length - 1];
        if (error !== undefined) throw error;
        return `answer ${context.attempt}`;
      },
      sleep: async (milliseconds) => {
        slept.push(milliseconds);
        now += milliseconds;
      },
      random: () => 1,
      now: () => NOW,
      monotonicNow: () => now,
      onRetry: (retry) => planned.push(retry),
    },
    { idempotent: true, ...options },
  );
  return { result, contexts, slept, planned };
}

describe('callWithRetries', () => {
  it('returns the first answer without waiting', async () => {
    const { result, contexts, slept } = run([]);
    expect(await result).toBe('answer 1');
    expect([contexts, slept]).toEqual([
      [{ attempt: 1, timeoutMs: 10_000, clockOffsetMs: 0, expirationError: undefined }],
      [],
    ]);
  });

  it('retries with growing delays and reports each retry', async () => {
    const errors = [unavailable(), new NetworkError('cut')];
    const { result, slept, planned } = run(errors);
    expect(await result).toBe('answer 3');
    expect(slept).toEqual([250, 500]);
    expect(planned).toEqual([
      { attempt: 1, delayMs: 250, error: errors[0] },
      { attempt: 2, delayMs: 500, error: errors[1] },
    ]);
  });

  it('throws the last error with the number of attempts after maxRetries', async () => {
    const last = unavailable();
    const { result, contexts } = run([unavailable(), unavailable(), last], { maxRetries: 2 });
    await expect(result).rejects.toBe(last);
    expect(last.attempts).toBe(3);
    expect(contexts).toHaveLength(3);
  });

  it('retries a throttled write, but no write whose answer was lost', async () => {
    const write = { idempotent: false };
    expect(await run([new ThrottlingError('slow down')], write).result).toBe('answer 2');
    const lost = new NetworkError('cut');
    await expect(run([lost], write).result).rejects.toBe(lost);
    expect(lost.attempts).toBe(1);
  });

  it.each([
    ['bad input', new ValidationError('x')],
    ['an abort', new AbortError('x')],
    ['an error of the host', new TypeError('x')],
  ])('does not retry %s', async (_what, error) => {
    const { result, contexts } = run([error]);
    await expect(result).rejects.toBe(error);
    expect(contexts).toHaveLength(1);
  });

  it('corrects a wrong clock once, without a retry', async () => {
    const clock = createServiceClock();
    const skewed = (serverTimeMs: number): ClockSkewError => new ClockSkewError('skew', { serverTimeMs });
    const { result, contexts, slept } = run([skewed(NOW + HOUR)], { clock, maxRetries: 0 });
    expect(await result).toBe('answer 2');
    expect(contexts.map(({ clockOffsetMs }) => clockOffsetMs)).toEqual([0, HOUR]);
    expect([clock.offsetMs, slept]).toEqual([HOUR, []]);

    const again = skewed(NOW + 3 * HOUR);
    const failed = run([skewed(NOW + 2 * HOUR), again], { clock });
    await expect(failed.result).rejects.toBe(again);
    expect(again).toMatchObject({ attempts: 2, offsetMs: 3 * HOUR });
  });

  it('asks for new credentials once after the service called them expired', async () => {
    const expired = (): CredentialsError =>
      new CredentialsError('expired', { apiCode: 'InvalidSecurityToken.Expired' });
    const first = expired();
    const { result, contexts } = run([first], { maxRetries: 0 });
    expect(await result).toBe('answer 2');
    expect(contexts.map((context) => context.expirationError)).toEqual([undefined, first]);

    const second = expired();
    await expect(run([expired(), second]).result).rejects.toBe(second);
    expect(second.attempts).toBe(2);
  });

  it('counts one attempt when the host has no new credentials and throws the error back', async () => {
    const error = new CredentialsError('expired', { apiCode: 'InvalidSecurityToken.Expired' });
    await expect(run([error, error]).result).rejects.toBe(error);
    expect(error.attempts).toBe(1);
  });

  it('limits the last attempt to what is left of the total', async () => {
    const limits = { attemptTimeoutMs: 900, totalTimeoutMs: 1000 };
    const { result, contexts } = run([unavailable(), unavailable()], limits, 100);
    expect(await result).toBe('answer 3');
    // Each attempt takes 100 ms, the waits 250 and 500.
    expect(contexts.map(({ timeoutMs }) => timeoutMs)).toEqual([900, 650, 50]);
  });

  it('does not start a wait that would end after the total', async () => {
    const error = new ThrottlingError('slow down', { retryAfterMs: 5000 });
    const { result, slept } = run([error], { totalTimeoutMs: 4000 });
    await expect(result).rejects.toBe(error);
    expect(slept).toEqual([]);
  });

  it('shares one total between calls that are given the same one', async () => {
    const sharedTotal = {};
    const options = { sharedTotal, totalTimeoutMs: 1000 };
    await run([], options, 900).result;
    expect(sharedTotal).toEqual({ deadline: 1000 });
  });

  it('stops retrying when all calls of a client together have used up the quota, until calls succeed', async () => {
    const quota = createRetryQuota();
    let attempts = 0;
    const fail = async (): Promise<void> => {
      const { result, contexts } = run([unavailable(), unavailable()], { quota, maxRetries: 1 });
      await result.catch(() => {});
      attempts += contexts.length;
    };
    for (let call = 0; call < 150; call++) await fail();
    expect(attempts).toBe(150 + 100);
    for (let call = 0; call < 5; call++) await run([], { quota }).result;
    attempts = 0;
    for (let call = 0; call < 10; call++) await fail();
    expect(attempts).toBe(10 + 1);
  });

  it('ends with the error of a wait that rejects', async () => {
    const stop = new AbortError('stopped') as DescribeImageError;
    await expect(
      callWithRetries(
        {
          attempt: () => Promise.reject(unavailable()),
          sleep: () => Promise.reject(stop),
          random: () => 1,
          now: () => NOW,
        },
        { idempotent: true },
      ),
    ).rejects.toBe(stop);
  });
});
