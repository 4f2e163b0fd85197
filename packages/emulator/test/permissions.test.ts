import { describe, expect, it } from 'vitest';
import type { SeedKey } from '../src/index.ts';
import { call, IMAGE, start } from './start.ts';

const key = (rules: Partial<SeedKey>): SeedKey => ({
  accessKeyId: 'testid',
  accessKeySecret: 'testsecret',
  ...rules,
});

describe('RAM', () => {
  it.each<[string, Partial<SeedKey>, boolean]>([
    ['allows everything by default', {}, true],
    ['allows a named action', { allow: ['yundun-sas:DescribeImage'] }, true],
    ['allows by wildcard', { allow: ['yundun-sas:Describe*'] }, true],
    ['allows by wildcard for one character', { allow: ['yundun-sas:Describe?mage'] }, true],
    ['compares without regard to case', { allow: ['YUNDUN-SAS:describeimage'] }, true],
    ['compares a full stop literally', { allow: ['yundun.sas:DescribeImage'] }, false],
    ['does not match a prefix', { allow: ['yundun-sas:Describe'] }, false],
    ['denies an action that is not allowed', { allow: ['yundun-sas:DescribeImageInstances'] }, false],
    ['denies everything when nothing is allowed', { allow: [] }, false],
    ['prefers a denial to an allowance', { allow: ['*'], deny: ['yundun-sas:DescribeImage'] }, false],
    [
      'prefers a wildcard denial to an exact allowance',
      { allow: ['yundun-sas:DescribeImage'], deny: ['yundun-sas:*'] },
      false,
    ],
  ])('%s', async (_sentence, rules, allowed) => {
    await using emulator = await start({ keys: [key(rules)] });
    expect((await call(emulator)).status).toBe(allowed ? 200 : 403);
  });

  it.each([
    ['ImplicitDeny', { allow: [] }],
    ['ExplicitDeny', { deny: ['yundun-sas:*'] }],
  ])('reports %s in the error', async (NoPermissionType, rules) => {
    await using emulator = await start({ keys: [key({ ...rules, user: 'ci' })] });
    const { status, document } = await call(emulator);
    expect(status).toBe(403);
    expect(document).toMatchObject({
      Code: 'NoPermission',
      Message: 'caller has no permission',
      AccessDeniedDetail: {
        AuthAction: 'yundun-sas:DescribeImage',
        AuthPrincipalType: 'SubUser',
        AuthPrincipalDisplayName: expect.stringMatching(/^2\d{17}$/),
        AuthPrincipalOwnerId: '1234567890123456',
        PolicyType: 'AccountLevelIdentityBasedPolicy',
        NoPermissionType,
        EncodedDiagnosticMessage: expect.any(String),
      },
    });
  });

  it('checks permissions before parameters', async () => {
    await using emulator = await start({ keys: [key({ allow: [] })] });
    expect((await call(emulator, {})).document.Code).toBe('NoPermission');
  });
});

describe('throttling', () => {
  it('rejects a key that calls too often, with the time to wait', async () => {
    await using emulator = await start({ keys: [key({ throttle: { callsPerSecond: 2 } })] });
    expect((await call(emulator)).status).toBe(200);
    expect((await call(emulator)).status).toBe(200);
    const refused = await call(emulator);
    expect([refused.status, refused.document.Code]).toEqual([400, 'Throttling.User']);
    expect(refused.headers['x-acs-retry-after']).toBe('500');
  });

  it('accepts the key again after that time on the emulator’s clock, and not before', async () => {
    await using emulator = await start({ keys: [key({ throttle: { callsPerSecond: 2 } })] });
    await Promise.all([call(emulator), call(emulator)]);
    emulator.clock.advance(499);
    expect((await call(emulator)).headers['x-acs-retry-after']).toBe('1');
    emulator.clock.advance(1);
    expect((await call(emulator)).status).toBe(200);
  });

  it('limits operations separately', async () => {
    await using emulator = await start({ keys: [key({ throttle: { operations: { DescribeImage: 1 } } })] });
    expect((await call(emulator)).status).toBe(200);
    expect((await call(emulator)).document.Code).toBe('Throttling.Api');
    expect((await call(emulator, {}, { action: 'DescribeImageInstances' })).status).toBe(200);
  });

  it('supports less than one call per second', async () => {
    await using emulator = await start({ keys: [key({ throttle: { callsPerSecond: 0.5 } })] });
    await call(emulator);
    expect((await call(emulator)).headers['x-acs-retry-after']).toBe('2000');
  });

  it('applies the limits of the seed to keys without limits', async () => {
    await using emulator = await start({ throttle: { callsPerSecond: 1 } });
    await call(emulator);
    expect((await call(emulator)).document.Code).toBe('Throttling.User');
  });

  it('does not send the time to wait when that is assumed', async () => {
    const assumptions = { retryAfterHeader: 'omit' } as const;
    await using emulator = await start({ throttle: { callsPerSecond: 1 } }, { assumptions });
    await call(emulator);
    const refused = await call(emulator);
    expect(refused.document.Code).toBe('Throttling.User');
    expect(refused.headers).not.toHaveProperty('x-acs-retry-after');
  });

  it('uses the nonce of a throttled call, so a retry needs a new one', async () => {
    await using emulator = await start({ throttle: { callsPerSecond: 1 } });
    await call(emulator);
    await call(emulator, IMAGE, { nonce: 'throttled' });
    emulator.clock.advance(1_000);
    expect((await call(emulator, IMAGE, { nonce: 'throttled' })).document.Code).toBe('SignatureNonceUsed');
  });
});
