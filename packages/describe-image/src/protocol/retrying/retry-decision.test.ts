import { describe, expect, it } from 'vitest';
import {
  AbortError,
  AmbiguousError,
  type AnyDescribeImageError,
  ClockSkewError,
  CredentialsError,
  NetworkError,
  NotFoundError,
  PermissionError,
  ServiceError,
  SignatureError,
  ThrottlingError,
  TimeoutError,
  ValidationError,
} from '../../errors/errors.ts';
import { type RetryState, retryDecision } from './retry-decision.ts';

const fresh: RetryState = { retries: 0, maxRetries: 3, idempotent: true, answerLost: false, random: 1 };
const nonceUsed = new SignatureError('', { apiCode: 'SignatureNonceUsed', diagnosis: 'unknown' });

describe('retryDecision', () => {
  it.each<[string, AnyDescribeImageError, Partial<RetryState>, boolean]>([
    ['throttling', new ThrottlingError(''), {}, true],
    [
      'throttling of a write, refused before it was read',
      new ThrottlingError(''),
      { idempotent: false },
      true,
    ],
    ['a connection fault', new NetworkError(''), {}, true],
    ['a connection fault of a write', new NetworkError(''), { idempotent: false }, false],
    ['a timeout', new TimeoutError(''), {}, true],
    ['a timeout of a write', new TimeoutError(''), { idempotent: false }, false],
    ['HTTP 500', new ServiceError('', { status: 500 }), {}, true],
    ['HTTP 503', new ServiceError('', { status: 503 }), {}, true],
    ['HTTP 500 of a write', new ServiceError('', { status: 500 }), { idempotent: false }, false],
    ['a truncated 200', new ServiceError('', { status: 200, retryable: true }), {}, true],
    ['a proxy that refuses its password', new NetworkError('', { retryable: false }), {}, false],
    ['an unreadable 200', new ServiceError('', { status: 200 }), {}, false],
    ['a redirect', new ServiceError('', { status: 302 }), {}, false],
    ['a used nonce after a lost answer', nonceUsed, { answerLost: true }, true],
    ['a used nonce without one', nonceUsed, {}, false],
    ['a used nonce of a write', nonceUsed, { answerLost: true, idempotent: false }, false],
    [
      'a wrong signature',
      new SignatureError('', { apiCode: 'SignatureDoesNotMatch', diagnosis: 'unknown' }),
      { answerLost: true },
      false,
    ],
    ['a clock error', new ClockSkewError('', { serverTimeMs: 0 }), {}, false],
    ['a validation error', new ValidationError(''), {}, false],
    ['bad credentials', new CredentialsError(''), {}, false],
    ['a denial', new PermissionError('', { ramAction: 'a:B' }), {}, false],
    ['no such image', new NotFoundError(''), {}, false],
    ['several images', new AmbiguousError('', { candidates: [] }), {}, false],
    ['an abort', new AbortError(''), {}, false],
  ])('decides after %s', (_what, error, state, retry) => {
    expect(retryDecision(error, { ...fresh, ...state }).retry).toBe(retry);
  });

  it('stops after maxRetries', () => {
    const after = (retries: number, maxRetries = 3): boolean =>
      retryDecision(new NetworkError(''), { ...fresh, retries, maxRetries }).retry;
    expect([after(2), after(3), after(0, 0)]).toEqual([true, false, false]);
  });

  it.each([
    [0, 250],
    [1, 500],
    [2, 1000],
    [4, 4000],
    [5, 8000],
    [50, 8000],
  ])('delays retry %d by a random part of %d ms', (retries, most) => {
    const delay = (random: number): unknown =>
      retryDecision(new NetworkError(''), { ...fresh, retries, maxRetries: 100, random });
    expect(delay(1)).toEqual({ retry: true, delayMs: most });
    expect(delay(0.5)).toEqual({ retry: true, delayMs: most / 2 });
    expect(delay(0)).toEqual({ retry: true, delayMs: 0 });
  });

  it.each([
    [2000, 2000],
    [60_000, 60_000],
    [86_400_000, 60_000],
  ])(
    'waits at least the %d ms that the service asks for, as %d ms, and up to a fifth more',
    (retryAfterMs, least) => {
      const delay = (random: number): unknown =>
        retryDecision(new ThrottlingError('', { retryAfterMs }), { ...fresh, random });
      expect(delay(0)).toEqual({ retry: true, delayMs: least });
      expect(delay(1)).toEqual({ retry: true, delayMs: least * 1.2 });
    },
  );

  it('waits for the delay of a server error', () => {
    expect(
      retryDecision(new ServiceError('', { status: 503, retryAfterMs: 1234 }), { ...fresh, random: 0 }),
    ).toEqual({ retry: true, delayMs: 1234 });
  });

  it('uses the backoff for a requested delay of zero', () => {
    expect(retryDecision(new ThrottlingError('', { retryAfterMs: 0 }), fresh)).toEqual({
      retry: true,
      delayMs: 250,
    });
  });
});
