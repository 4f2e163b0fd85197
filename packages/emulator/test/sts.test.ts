import { describe, expect, it } from 'vitest';
import type { Emulator, Seed, SeedRole } from '../src/index.ts';
import { NOW, type SignOptions } from './sign.ts';
import { call, callRpc, emulatorTime, IMAGE, send, start } from './start.ts';

const STS = { action: 'AssumeRole', version: '2015-04-01' };
const ROLE = { RoleArn: 'acs:ram::1234567890123456:role/reader', RoleSessionName: 'ci' };

function withRole(role: Partial<SeedRole> = {}, seed: Seed = {}): Seed {
  return { roles: [{ name: 'reader', ...role }], ...seed };
}

function keysOf(document: { Credentials: Record<string, string> }): SignOptions {
  const { AccessKeyId = '', AccessKeySecret = '', SecurityToken = '' } = document.Credentials;
  return { accessKeyId: AccessKeyId, accessKeySecret: AccessKeySecret, securityToken: SecurityToken };
}

describe('AssumeRole', () => {
  it.each([
    ['ACS3', call],
    ['the older RPC scheme', callRpc],
  ])(
    'returns credentials that DescribeImage accepts until they expire, signed with %s',
    async (_scheme, callWith) => {
      await using emulator = await start(withRole());
      const { status, document } = await callWith(emulator, ROLE, STS);
      expect(status).toBe(200);
      expect(document).toEqual({
        RequestId: expect.any(String),
        AssumedRoleUser: {
          Arn: 'acs:ram::1234567890123456:role/reader/ci',
          AssumedRoleId: expect.stringMatching(/^3\d{17}:ci$/),
        },
        Credentials: {
          AccessKeyId: expect.stringMatching(/^STS\.[0-9a-f]{24}$/),
          AccessKeySecret: expect.any(String),
          SecurityToken: expect.stringMatching(/^CAIS/),
          Expiration: '2026-11-24T04:04:32Z',
        },
      });
      const keys = keysOf(document);
      expect((await callWith(emulator, IMAGE, keys)).status).toBe(200);
      emulator.clock.advance(3_600_000 - 1);
      expect((await callWith(emulator, IMAGE, keys)).status).toBe(200);
      emulator.clock.advance(1);
      expect((await callWith(emulator, IMAGE, keys)).document.Code).toBe('InvalidSecurityToken.Expired');
    },
  );

  it('returns different credentials each time, and the same in every run', async () => {
    const run = async () => {
      await using emulator = await start(withRole());
      const first = (await call(emulator, ROLE, STS)).document.Credentials;
      const second = (await call(emulator, ROLE, STS)).document.Credentials;
      expect(second.SecurityToken).not.toBe(first.SecurityToken);
      return [first, second];
    };
    expect(await run()).toEqual(await run());
  });

  it('returns credentials with the permissions of the role only', async () => {
    await using emulator = await start(withRole({ allow: ['yundun-sas:DescribeImageInstances'] }));
    const keys = keysOf((await call(emulator, ROLE, STS)).document);
    expect((await call(emulator, {}, { ...keys, action: 'DescribeImageInstances' })).status).toBe(200);
    const denied = await call(emulator, IMAGE, keys);
    expect(denied.document.AccessDeniedDetail).toMatchObject({
      AuthPrincipalType: 'AssumedRoleUser',
      AuthPrincipalDisplayName: expect.stringMatching(/^3\d{17}:ci$/),
    });
  });

  it('restricts the session by its policy, which cannot extend the role', async () => {
    await using emulator = await start(withRole({ allow: ['yundun-sas:DescribeImage'] }));
    const withPolicy = async (...Action: string[]) => {
      const Policy = JSON.stringify({
        Version: '1',
        Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
      });
      return keysOf((await call(emulator, { ...ROLE, Policy }, STS)).document);
    };
    expect((await call(emulator, IMAGE, await withPolicy('yundun-sas:DescribeImage'))).status).toBe(200);
    expect((await call(emulator, IMAGE, await withPolicy('yundun-sas:DescribeImageInstances'))).status).toBe(
      403,
    );
    const wide = { ...(await withPolicy('*')), action: 'DescribeImageInstances' };
    expect((await call(emulator, {}, wide)).status).toBe(403);
  });

  it.each<[string, Record<string, string>, Partial<SeedRole>, number, string]>([
    ['no role', { RoleArn: '' }, {}, 400, 'MissingRoleArn'],
    ['no session name', { RoleSessionName: '' }, {}, 400, 'MissingRoleSessionName'],
    [
      'the ARN of a user',
      { RoleArn: 'acs:ram::1234567890123456:user/x' },
      {},
      400,
      'InvalidParameter.RoleArn',
    ],
    [
      'a role that does not exist',
      { RoleArn: 'acs:ram::1234567890123456:role/x' },
      {},
      404,
      'EntityNotExist.Role',
    ],
    [
      'a role of another account',
      { RoleArn: 'acs:ram::6543210987654321:role/reader' },
      {},
      404,
      'EntityNotExist.Role',
    ],
    ['a session name with a blank', { RoleSessionName: 'a b' }, {}, 400, 'InvalidParameter.RoleSessionName'],
    ['a session name of one letter', { RoleSessionName: 'a' }, {}, 400, 'InvalidParameter.RoleSessionName'],
    ['less than 15 minutes', { DurationSeconds: '899' }, {}, 400, 'InvalidParameter.DurationSeconds'],
    ['longer than the role allows', { DurationSeconds: '3601' }, {}, 400, 'InvalidParameter.DurationSeconds'],
    [
      'a duration that is not a number',
      { DurationSeconds: '1h' },
      {},
      400,
      'InvalidParameter.DurationSeconds',
    ],
    ['a policy that is not JSON', { Policy: '{' }, {}, 400, 'InvalidParameter.PolicyGrammar'],
    ['a policy of another shape', { Policy: '{"Version":"1"}' }, {}, 400, 'InvalidParameter.PolicyGrammar'],
    ['a policy that is too long', { Policy: ' '.repeat(2_049) }, {}, 400, 'InvalidParameter.PolicySize'],
    ['a malformed external id', { ExternalId: 'a b' }, {}, 400, 'InvalidParameter.ExternalId'],
    ['a user the role does not trust', {}, { trust: { users: ['admin-*'] } }, 403, 'NoPermission'],
    ['a missing external id', {}, { trust: { externalId: 'secret-id' } }, 403, 'NoPermission'],
    [
      'another external id',
      { ExternalId: 'other-id' },
      { trust: { externalId: 'secret-id' } },
      403,
      'NoPermission',
    ],
  ])('rejects %s', async (_what, parameters, role, status, code) => {
    await using emulator = await start(withRole(role));
    const answer = await call(emulator, { ...ROLE, ...parameters }, STS);
    expect([answer.status, answer.document.Code]).toEqual([status, code]);
  });

  it('accepts a longer session, a trusted user and the external id of the role', async () => {
    const trust = { users: ['test*'], externalId: 'secret-id' };
    await using emulator = await start(withRole({ maxSessionSeconds: 43_200, trust }));
    const parameters = { ...ROLE, DurationSeconds: '43200', ExternalId: 'secret-id' };
    const { document } = await call(emulator, parameters, STS);
    expect(document.Credentials.Expiration).toBe('2026-11-24T15:04:32Z');
  });

  it('requires the permission sts:AssumeRole', async () => {
    const keys = [{ accessKeyId: 'testid', accessKeySecret: 'testsecret', allow: ['yundun-sas:*'] }];
    await using emulator = await start(withRole({}, { keys }));
    const { document } = await call(emulator, ROLE, STS);
    expect(document.AccessDeniedDetail.AuthAction).toBe('sts:AssumeRole');
  });

  it('accepts a session of a trusted role, for an hour at most', async () => {
    const roles: SeedRole[] = [
      { name: 'first' },
      { name: 'second', maxSessionSeconds: 43_200, trust: { roles: ['first'] } },
      { name: 'third', trust: { roles: ['other'] } },
    ];
    await using emulator = await start({ roles });
    const arn = (name: string) => ({
      RoleArn: `acs:ram::1234567890123456:role/${name}`,
      RoleSessionName: 'ci',
    });
    const keys = keysOf((await call(emulator, arn('first'), STS)).document);
    expect((await call(emulator, arn('second'), { ...STS, ...keys })).status).toBe(200);
    const long = { ...arn('second'), DurationSeconds: '3601' };
    expect((await call(emulator, long, { ...STS, ...keys })).document.Code).toBe(
      'InvalidParameter.DurationSeconds',
    );
    expect((await call(emulator, arn('third'), { ...STS, ...keys })).document.Code).toBe('NoPermission');
  });
});

describe('AssumeRoleWithOIDC', () => {
  const jwt = (claims: object) =>
    `eyJhbGciOiJSUzI1NiJ9.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2lnbmF0dXJl`;
  const seconds = Date.parse(NOW) / 1_000;
  const good = {
    iss: 'https://oidc.example',
    sub: 'system:serviceaccount:shop:ci',
    aud: ['sts.aliyuncs.com'],
    exp: seconds + 600,
  };

  async function assume(emulator: Emulator, parameters: Record<string, string> = {}) {
    const form = new URLSearchParams({
      OIDCProviderArn: 'acs:ram::1234567890123456:oidc-provider/rrsa',
      OIDCToken: jwt(good),
      ...ROLE,
      ...parameters,
    });
    return await send(emulator, {
      method: 'POST',
      target: `/?Action=AssumeRoleWithOIDC&Version=2015-04-01&Format=JSON&Timestamp=${emulatorTime(emulator)}`,
      headers: [
        ['host', 'sts.aliyuncs.com'],
        ['content-type', 'application/x-www-form-urlencoded'],
      ],
      body: form.toString(),
    });
  }

  const provider = { name: 'rrsa', issuer: 'https://oidc.example', audience: 'sts.aliyuncs.com' };
  const trust = { oidcProviders: ['rrsa'], oidcSubjects: ['system:serviceaccount:shop:*'] };

  it('returns credentials without an access key', async () => {
    await using emulator = await start(withRole({ trust }, { oidcProviders: [provider] }));
    const { document } = await assume(emulator);
    expect(document.OIDCTokenInfo).toMatchObject({
      Issuer: good.iss,
      Subject: good.sub,
      ClientIds: 'sts.aliyuncs.com',
    });
    expect((await call(emulator, IMAGE, keysOf(document))).status).toBe(200);
    expect(emulator.requests[0]).toMatchObject({
      scheme: 'anonymous',
      parameters: { OIDCToken: '[redacted]' },
    });
  });

  it.each<[string, Record<string, string>, number, string]>([
    ['no token', { OIDCToken: '' }, 400, 'MissingOIDCToken'],
    ['no provider', { OIDCProviderArn: '' }, 400, 'MissingOIDCProviderArn'],
    [
      'a provider that does not exist',
      { OIDCProviderArn: 'acs:ram::1234567890123456:oidc-provider/x' },
      404,
      'EntityNotExist.OIDCProvider',
    ],
    ['a malformed token', { OIDCToken: 'not a token' }, 400, 'AuthenticationFail.OIDCToken.Invalid'],
    [
      'a token with a trailing newline',
      { OIDCToken: `${jwt(good)}\n` },
      400,
      'AuthenticationFail.OIDCToken.Invalid',
    ],
    [
      'an expired token',
      { OIDCToken: jwt({ ...good, exp: seconds }) },
      400,
      'AuthenticationFail.OIDCToken.Expired',
    ],
    [
      'a token of another issuer',
      { OIDCToken: jwt({ ...good, iss: 'x' }) },
      400,
      'AuthenticationFail.OIDCToken.Invalid',
    ],
    [
      'a token for another audience',
      { OIDCToken: jwt({ ...good, aud: 'x' }) },
      400,
      'AuthenticationFail.OIDCToken.Invalid',
    ],
    [
      'a subject the role does not trust',
      { OIDCToken: jwt({ ...good, sub: 'x' }) },
      403,
      'AuthenticationFail.NoPermission',
    ],
    ['a token without claims', { OIDCToken: 'a.b.c' }, 400, 'AuthenticationFail.OIDCToken.Invalid'],
    [
      'a role that does not exist',
      { RoleArn: 'acs:ram::1234567890123456:role/x' },
      404,
      'EntityNotExist.Role',
    ],
  ])('rejects %s', async (_what, parameters, status, code) => {
    await using emulator = await start(withRole({ trust }, { oidcProviders: [provider] }));
    const answer = await assume(emulator, parameters);
    expect([answer.status, answer.document.Code]).toEqual([status, code]);
  });

  it('accepts only the tokens of the seed when it lists tokens', async () => {
    const oidcProviders = [{ name: 'rrsa', tokens: ['a.b.c'] }];
    await using emulator = await start(withRole({}, { oidcProviders }));
    expect((await assume(emulator, { OIDCToken: 'a.b.c' })).status).toBe(200);
    expect((await assume(emulator, { OIDCToken: 'a.b.d' })).document.Code).toBe(
      'AuthenticationFail.OIDCToken.Invalid',
    );
  });

  it('applies fault rules', async () => {
    await using emulator = await start(withRole({}, { oidcProviders: [{ name: 'rrsa' }] }));
    emulator.faults.add({
      operation: 'AssumeRoleWithOIDC',
      times: 1,
      effect: { kind: 'error', code: 'InternalError' },
    });
    expect((await assume(emulator)).status).toBe(500);
    expect((await assume(emulator)).status).toBe(200);
  });

  it('is the only operation without a signature', async () => {
    await using emulator = await start();
    const headers = [['host', 'sts.aliyuncs.com']] as const;
    for (const Action of ['AssumeRole', 'GetCallerIdentity']) {
      const target = `/?Action=${Action}&Version=2015-04-01`;
      expect((await send(emulator, { method: 'POST', target, headers })).document.Code).toBe(
        'MissingAccessKeyId',
      );
    }
  });
});

describe('GetCallerIdentity', () => {
  const action = { action: 'GetCallerIdentity', version: '2015-04-01' };

  it('returns the identity of a user without permissions', async () => {
    const keys = [{ accessKeyId: 'testid', accessKeySecret: 'testsecret', user: 'ci', allow: [] }];
    await using emulator = await start({ keys });
    expect((await call(emulator, {}, action)).document).toEqual({
      RequestId: expect.any(String),
      IdentityType: 'RAMUser',
      AccountId: '1234567890123456',
      PrincipalId: expect.stringMatching(/^2\d{17}$/),
      UserId: expect.stringMatching(/^2\d{17}$/),
      Arn: 'acs:ram::1234567890123456:user/ci',
    });
  });

  it('returns the role of a session', async () => {
    await using emulator = await start(withRole());
    const keys = keysOf((await call(emulator, ROLE, STS)).document);
    expect((await call(emulator, {}, { ...action, ...keys })).document).toMatchObject({
      IdentityType: 'AssumedRoleUser',
      RoleId: expect.stringMatching(/^3\d{17}$/),
      Arn: 'acs:ram::1234567890123456:assumed-role/reader/ci',
    });
  });
});
