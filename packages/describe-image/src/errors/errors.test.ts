import { inspect } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import { ramPolicy } from '../protocol/index.ts';
import * as errors from './errors.ts';

const details = {
  apiCode: 'Some.Code',
  requestId: 'R',
  status: 503,
  recommend: 'https://help.example',
  retryAfterMs: 5,
  cause: new Error('inner'),
};
const plain = { cause: details.cause };

const ALL: readonly (readonly [string, boolean, errors.AnyDescribeImageError])[] = [
  ['Validation', false, new errors.ValidationError('m', details)],
  ['Credentials', false, new errors.CredentialsError('m', details)],
  [
    'Permission',
    false,
    new errors.PermissionError('m', { ...details, ramAction: 'yundun-sas:DescribeImage' }),
  ],
  ['Signature', false, new errors.SignatureError('m', { ...details, diagnosis: 'unknown' })],
  ['ClockSkew', false, new errors.ClockSkewError('m', { ...details, serverTimeMs: 1 })],
  ['Throttling', true, new errors.ThrottlingError('m', details)],
  ['NotFound', false, new errors.NotFoundError('m', details)],
  ['Unverified', false, new errors.UnverifiedError('m', { ...details, demand: 'requireLive' })],
  ['Ambiguous', false, new errors.AmbiguousError('m', { ...details, candidates: [] })],
  ['Service', true, new errors.ServiceError('m', details)],
  ['Network', true, new errors.NetworkError('m', plain)],
  ['Timeout', true, new errors.TimeoutError('m', details)],
  ['Abort', false, new errors.AbortError('m', details)],
];

test('there is a class for each way in which a caller can act, and no other', () => {
  const classes = Object.keys(errors).filter((name) => name !== 'DescribeImageError');
  expect(classes.sort()).toEqual(ALL.map(([code]) => `${code}Error`).sort());
});

describe.each(ALL)('%sError', (code, retryable, error) => {
  test('has a literal code, a name, a remedy and a stack that begins with both name and message', () => {
    expect(error).toMatchObject({ code, name: `${code}Error`, message: 'm', retryable });
    expect(error.remedy).toMatch(/^[A-Z].*\.$/);
    expect(error.stack).toMatch(new RegExp(`^${code}Error: m\n`));
    expect(error).toBeInstanceOf(Error);
    expect(error).toBeInstanceOf(errors.DescribeImageError);
  });

  test('has every field of the contract', () => {
    const wanted = code === 'Network' ? {} : { ...details, cause: undefined };
    for (const name of ['apiCode', 'requestId', 'status', 'recommend', 'retryAfterMs'] as const)
      expect(error[name]).toBe(Reflect.get(wanted, name));
    expect(error.cause).toMatchObject({ message: 'inner' });
    expect(error.attempts).toBe(0);
    expect(error).toHaveProperty('endpoint', undefined);
  });

  test('is written as JSON with its name and message, without stack and cause', () => {
    const json = JSON.parse(JSON.stringify(error));
    expect(json).toMatchObject({ name: `${code}Error`, code, message: 'm', retryable, attempts: 0 });
    expect(json).not.toHaveProperty('stack');
    expect(json).not.toHaveProperty('cause');
    expect(inspect(error)).toContain(`${code}Error: m`);
  });

  test('is recognised by another copy of the package, which instanceof does not do', async () => {
    vi.resetModules();
    const copy = await import('./errors.ts');
    expect(error).not.toBeInstanceOf(copy.DescribeImageError);
    expect(copy.DescribeImageError.isInstance(error)).toBe(true);
    expect(errors.DescribeImageError.isInstance(new copy.AbortError('m'))).toBe(true);
  });
});

test.each([undefined, null, 'ValidationError', 5, new Error('m'), { code: 'Validation' }])(
  'isInstance does not take %j for one',
  (value) => {
    expect(errors.DescribeImageError.isInstance(value)).toBe(false);
  },
);

test('a permission error carries a policy ready to paste', () => {
  const error = new errors.PermissionError('m', { ramAction: 'yundun-sas:DescribeImage' });
  expect(error.policy).toEqual(ramPolicy(['yundun-sas:DescribeImage']));
  expect(error.toJSON()['policy']).toEqual(error.policy);
});

test.each([
  ['wrong-secret', 'secret'],
  ['different-request', 'proxy'],
  ['unknown', 'secret'],
] as const)('a signature error diagnosed as %s says what to look at', (diagnosis, word) => {
  expect(new errors.SignatureError('m', { diagnosis }).remedy).toContain(word);
});

test.each([
  [undefined, false],
  [200, false],
  [400, false],
  [500, true],
  [503, true],
])('a service error of HTTP %s is retryable: %s', (status, retryable) => {
  expect(new errors.ServiceError('m', { status }).retryable).toBe(retryable);
});

test('a network error keeps the name of the fault and drops what hangs on it', () => {
  const cause = Object.assign(new Error('read ECONNRESET'), {
    code: 'ECONNRESET',
    rawPacket: Buffer.from('secret'),
    request: { headers: { authorization: 'secret' } },
  });
  const error = new errors.NetworkError('m', { cause });
  expect(error.cause).toMatchObject({ code: 'ECONNRESET', message: 'read ECONNRESET' });
  expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('secret');
});
