import { inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
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

it('exports exactly these classes', () => {
  const classes = Object.keys(errors).filter((name) => name !== 'DescribeImageError');
  expect(classes.sort()).toEqual(ALL.map(([code]) => `${code}Error`).sort());
});

describe.each(ALL)('%sError', (code, retryable, error) => {
  it('has a code, a name, a remedy and a stack that starts with name and message', () => {
    expect(error).toMatchObject({ code, name: `${code}Error`, message: 'm', retryable });
    expect(error.remedy).toMatch(/^[A-Z].*\.$/);
    expect(error.stack).toMatch(new RegExp(`^${code}Error: m\n`));
    expect(error).toBeInstanceOf(Error);
    expect(error).toBeInstanceOf(errors.DescribeImageError);
  });

  it('has all documented fields', () => {
    const wanted = code === 'Network' ? {} : { ...details, cause: undefined };
    for (const name of ['apiCode', 'requestId', 'status', 'recommend', 'retryAfterMs'] as const)
      expect(error[name]).toBe(Reflect.get(wanted, name));
    expect(error.cause).toMatchObject({ message: 'inner' });
    expect(error.attempts).toBe(0);
    expect(error).toHaveProperty('endpoint', undefined);
  });

  it('is serialised with its name and message, without stack and cause', () => {
    const json = JSON.parse(JSON.stringify(error));
    expect(json).toMatchObject({ name: `${code}Error`, code, message: 'm', retryable, attempts: 0 });
    expect(json).not.toHaveProperty('stack');
    expect(json).not.toHaveProperty('cause');
    expect(inspect(error)).toContain(`${code}Error: m`);
  });

  it('is recognised by isInstance of another copy of the package, unlike by instanceof', async () => {
    vi.resetModules();
    const copy = await import('./errors.ts');
    expect(error).not.toBeInstanceOf(copy.DescribeImageError);
    expect(copy.DescribeImageError.isInstance(error)).toBe(true);
    expect(errors.DescribeImageError.isInstance(new copy.AbortError('m'))).toBe(true);
  });

  it('is an instance of its own class and of no other, also of another copy of the package', async () => {
    vi.resetModules();
    for (const copy of [errors, await import('./errors.ts')]) {
      const classes = Object.values(copy).filter((type) => type !== copy.DescribeImageError);
      const matching = classes.filter((type) => type.isInstance(error));
      expect(matching.map((type) => type.id)).toEqual([code]);
    }
  });
});

it('recognises the subclasses of CredentialsError, and only as themselves and their parents', async () => {
  const { CredentialSourceError } = await import('../credentials/source-error.ts');
  const { CredentialChainError } = await import('../credentials/sources/credential-chain.ts');
  const { CredentialsError, NotFoundError } = await import('./errors.ts');
  vi.resetModules();
  const copy = await import('../credentials/source-error.ts');
  const matching = (error: unknown): string[] =>
    [CredentialsError, CredentialSourceError, CredentialChainError, NotFoundError]
      .filter((type) => type.isInstance(error))
      .map((type) => type.name);
  expect(matching(new CredentialsError('m'))).toEqual(['CredentialsError']);
  expect(matching(new CredentialSourceError('absent', 'm'))).toEqual([
    'CredentialsError',
    'CredentialSourceError',
  ]);
  expect(matching(new copy.CredentialSourceError('absent', 'm'))).toEqual([
    'CredentialsError',
    'CredentialSourceError',
  ]);
  expect(matching(new CredentialChainError([]))).toEqual([
    'CredentialsError',
    'CredentialSourceError',
    'CredentialChainError',
  ]);
});

it('keeps the last known digest of a NotFoundError, also in JSON', () => {
  const lastKnown = { digest: `sha256:${'a'.repeat(64)}` as const, observedAt: new Date(0) };
  expect(new errors.NotFoundError('m', { lastKnown }).toJSON()).toMatchObject({ lastKnown });
});

it.each([undefined, null, 'ValidationError', 5, new Error('m'), { code: 'Validation' }])(
  'returns false from isInstance for %j',
  (value) => {
    expect(errors.DescribeImageError.isInstance(value)).toBe(false);
  },
);

it('attaches the policy to a permission error', () => {
  const error = new errors.PermissionError('m', { ramAction: 'yundun-sas:DescribeImage' });
  expect(error.policy).toEqual(ramPolicy(['yundun-sas:DescribeImage']));
  expect(error.toJSON()['policy']).toEqual(error.policy);
});

it.each([
  ['wrong-secret', 'secret'],
  ['different-request', 'proxy'],
  ['unknown', 'secret'],
] as const)('returns the remedy for the signature diagnosis %s', (diagnosis, word) => {
  expect(new errors.SignatureError('m', { diagnosis }).remedy).toContain(word);
});

it.each([
  [undefined, false],
  [200, false],
  [400, false],
  [500, true],
  [503, true],
])('marks a service error with HTTP status %s as retryable: %s', (status, retryable) => {
  expect(new errors.ServiceError('m', { status }).retryable).toBe(retryable);
});

it('keeps the code and the message of the cause of a network error and drops its other fields', () => {
  const cause = Object.assign(new Error('read ECONNRESET'), {
    code: 'ECONNRESET',
    rawPacket: Buffer.from('secret'),
    request: { headers: { authorization: 'secret' } },
  });
  const error = new errors.NetworkError('m', { cause });
  expect(error.cause).toMatchObject({ code: 'ECONNRESET', message: 'read ECONNRESET' });
  expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('secret');
});
