import { createHash, createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import {
  assumeRole,
  getCallerIdentityOperation,
  resolveStsEndpoint,
  staticCredentials,
} from '../../src/credentials/index.ts';
import { createClient } from '../../src/index.ts';
import { machine, START } from './machine.ts';
import { everythingOf, expectNoSecret, rejection } from './rejection.ts';
import { type Received, serve } from './serve.ts';
import { ROLE_ARN, session, stsService } from './sts-service.ts';

const KEYS = { accessKeyId: 'LTAItestid', accessKeySecret: 'basesecret' };

/** Computes signature V3 from the received request, without the code under test. */
function isSigned({ method, path, headers, body }: Received, accessKeySecret: string): boolean {
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
  const [, signedHeaders = '', signature] =
    /SignedHeaders=([^,]+),Signature=(\w+)/.exec(headers['authorization'] ?? '') ?? [];
  const block = signedHeaders
    .split(';')
    .map((name) => `${name}:${headers[name]}\n`)
    .join('');
  const canonical = [method, path, '', block, signedHeaders, sha256(body)].join('\n');
  const toSign = `ACS3-HMAC-SHA256\n${sha256(canonical)}`;
  return createHmac('sha256', accessKeySecret).update(toSign).digest('hex') === signature;
}

it('signs AssumeRole with the base keys and sends every documented parameter', async () => {
  const sts = await stsService();
  const { host } = machine();
  const provider = assumeRole(KEYS, {
    host,
    roleArn: ROLE_ARN,
    roleSessionName: 'ci@build-7',
    durationSeconds: 900,
    policy: '{"Version":"1","Statement":[]}',
    externalId: 'partner:42',
    stsEndpoint: sts.origin,
  });
  expect(await provider()).toEqual({
    accessKeyId: 'STS.session1',
    accessKeySecret: 'secret-of-session-1',
    securityToken: 'token-of-session-1',
    expiration: new Date(START + 3_600_000),
  });
  const [request] = sts.requests;
  expect(request?.headers).toMatchObject({ 'x-acs-action': 'AssumeRole', 'x-acs-version': '2015-04-01' });
  expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
    RoleArn: ROLE_ARN,
    RoleSessionName: 'ci@build-7',
    DurationSeconds: '900',
    Policy: '{"Version":"1","Statement":[]}',
    ExternalId: 'partner:42',
  });
  expect(request && isSigned(request, 'basesecret')).toBe(true);
});

it('sends one AssumeRole request for 100 concurrent first calls', async () => {
  const sts = await stsService();
  const { host } = machine();
  const provider = assumeRole(KEYS, { host, roleArn: ROLE_ARN, stsEndpoint: sts.origin });
  await Promise.all(Array.from({ length: 100 }, () => provider()));
  expect(sts.requests).toHaveLength(1);
});

it('assumes a role with the session of another role', async () => {
  const sts = await stsService();
  const { host } = machine({ ALIBABA_CLOUD_STS_ENDPOINT: sts.origin });
  const first = assumeRole(KEYS, { host, roleArn: ROLE_ARN });
  const second = assumeRole(first, { host, roleArn: 'acs:ram::6543210987654321:role/auditor' });
  expect(await second()).toMatchObject({ accessKeyId: 'STS.session2' });
  expect(sts.requests[1]?.headers['x-acs-security-token']).toBe('token-of-session-1');
});

it('requests the base credentials again, once, when STS reports them as expired', async () => {
  const sts = await stsService({
    before: (_request, count) =>
      count === 1
        ? { status: 400, json: { Code: 'InvalidSecurityToken.Expired', Message: 'expired', RequestId: 'r' } }
        : undefined,
  });
  const { host } = machine();
  const requested: unknown[] = [];
  const provider = assumeRole(
    (request) => {
      requested.push(request?.expired);
      return { ...KEYS, securityToken: `base-token-${requested.length}` };
    },
    { host, roleArn: ROLE_ARN, stsEndpoint: sts.origin },
  );
  expect(await provider()).toMatchObject({ accessKeyId: 'STS.session1' });
  expect(requested).toEqual([undefined, { ...KEYS, securityToken: 'base-token-1' }]);
});

it('corrects a wrong local clock by the clock of STS, for signing and for the end of the session', async () => {
  const ahead = 2 * 3_600_000;
  const serverNow = START - ahead;
  const date = new Date(serverNow).toUTCString();
  const sts = await serve(({ headers }) =>
    Math.abs(Date.parse(headers['x-acs-date'] ?? '') - serverNow) > 900_000
      ? {
          status: 400,
          headers: { date },
          json: { Code: 'InvalidTimeStamp.Expired', Message: 'late', RequestId: 'r' },
        }
      : { headers: { date }, json: { Credentials: session(1, serverNow) } },
  );
  const { host, advance } = machine();
  const provider = assumeRole(KEYS, { host, roleArn: ROLE_ARN, stsEndpoint: sts.origin });
  await provider();
  advance(30 * 60_000);
  await provider();
  await provider();
  expect(sts.requests).toHaveLength(2);
});

it('repeats a request once after a connection is cut', async () => {
  const sts = await stsService({ before: (_request, count) => (count === 1 ? 'cut' : undefined) });
  const { host } = machine();
  const provider = assumeRole(KEYS, { host, roleArn: ROLE_ARN, stsEndpoint: sts.origin });
  expect(await provider()).toMatchObject({ accessKeyId: 'STS.session1' });
});

it('reports the rejection of STS and the action to allow, without the secrets that STS repeats', async () => {
  const sts = await stsService({
    before: () => ({
      status: 403,
      json: {
        Code: 'NoPermission',
        Message: 'You are not authorized, basesecret, base-token-1',
        RequestId: 'r-403',
      },
    }),
  });
  const { host } = machine();
  const source = staticCredentials({ ...KEYS, securityToken: 'base-token-1' });
  const error = await rejection(assumeRole(source, { host, roleArn: ROLE_ARN, stsEndpoint: sts.origin }));
  expect(error).toMatchObject({ apiCode: 'NoPermission', requestId: 'r-403', status: 403, retryable: false });
  expect(error.message).toContain(ROLE_ARN);
  expect(error.remedy).toContain('sts:AssumeRole');
  expectNoSecret(everythingOf(error), 'basesecret', 'base-token-1');
});

it('names the missing field of an answer and shows none of its values', async () => {
  const sts = await serve(() => ({ json: { Credentials: { ...session(1, START), SecurityToken: '' } } }));
  const { host } = machine();
  const error = await rejection(assumeRole(KEYS, { host, roleArn: ROLE_ARN, stsEndpoint: sts.origin }));
  expect(error.message).toContain('SecurityToken is missing');
  expectNoSecret(everythingOf(error), 'secret-of-session-1');
});

it.each([
  ['roleArn', { roleArn: 'role/reader' }],
  ['roleSessionName', { roleSessionName: 'x' }],
  ['roleSessionName', { roleSessionName: 'with blank' }],
  ['durationSeconds', { durationSeconds: 899 }],
  ['durationSeconds', { durationSeconds: 43_201 }],
  ['policy', { policy: '' }],
  ['policy', { policy: 'x'.repeat(2049) }],
  ['externalId', { externalId: 'x' }],
  ['externalId', { externalId: 'with blank' }],
])('rejects an undocumented %s before a request is sent', (name, options) => {
  const { host } = machine();
  expect(() => assumeRole(KEYS, { host, roleArn: ROLE_ARN, ...options })).toThrow(
    expect.objectContaining({ code: 'Validation', message: expect.stringContaining(`${name} must be`) }),
  );
});

it.each([
  ['sts.aliyuncs.com', {}, {}],
  ['sts.cn-hangzhou.aliyuncs.com', { ALIBABA_CLOUD_STS_REGION: 'cn-hangzhou' }, {}],
  [
    'sts-vpc.cn-hangzhou.aliyuncs.com',
    { ALIBABA_CLOUD_STS_REGION: 'cn-hangzhou', ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED: 'true' },
    {},
  ],
  [
    'sts.example.com',
    { ALIBABA_CLOUD_STS_ENDPOINT: 'sts.example.com', ALIBABA_CLOUD_STS_REGION: 'cn-hangzhou' },
    {},
  ],
  [
    'sts.cn-beijing.aliyuncs.com',
    { ALIBABA_CLOUD_STS_ENDPOINT: 'sts.example.com' },
    { stsRegion: 'cn-beijing' },
  ],
  ['sts-vpc.cn-beijing.aliyuncs.com', {}, { stsRegion: 'cn-beijing', stsNetwork: 'vpc' as const }],
  ['127.0.0.1:8080', {}, { stsEndpoint: 'http://127.0.0.1:8080' }],
])('chooses the STS endpoint %s', (expected, environment, options) => {
  const { host } = machine(environment);
  expect(resolveStsEndpoint({ host, ...options }).host).toBe(expected);
});

it('rejects the VPC endpoint of STS without a region and names the variable to set', () => {
  const { host } = machine({ ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED: 'true' });
  expect(() => resolveStsEndpoint({ host })).toThrow('set ALIBABA_CLOUD_STS_REGION');
});

it('returns the identity of the keys from GetCallerIdentity', async () => {
  const identity = {
    AccountId: '1234567890123456',
    Arn: ROLE_ARN,
    IdentityType: 'AssumedRoleUser',
    RequestId: 'r',
  };
  const sts = await serve(() => ({ json: identity }));
  const client = createClient({ endpoint: sts.origin, credentials: KEYS });
  const { output } = await client.call(getCallerIdentityOperation, {});
  client.close();
  expect(output).toMatchObject({
    accountId: '1234567890123456',
    arn: ROLE_ARN,
    identityType: 'AssumedRoleUser',
  });
  expect(sts.requests[0]?.headers).toMatchObject({
    'x-acs-action': 'GetCallerIdentity',
    'x-acs-version': '2015-04-01',
  });
});

it('fetches a new session when the service answers InvalidSecurityToken.Expired', async () => {
  const sts = await stsService();
  const { host } = machine();
  const credentials = assumeRole(KEYS, { host, roleArn: ROLE_ARN, stsEndpoint: sts.origin });
  const api = await serve(({ headers }) =>
    headers['x-acs-security-token'] === 'token-of-session-1'
      ? { status: 400, json: { Code: 'InvalidSecurityToken.Expired', Message: 'expired', RequestId: 'r' } }
      : { json: { AccountId: '1', Arn: 'arn', RequestId: 'r' } },
  );
  const client = createClient({ endpoint: api.origin, credentials });
  expect(await client.call(getCallerIdentityOperation, {})).toMatchObject({ attempts: 2 });
  client.close();
  expect(sts.requests).toHaveLength(2);
});
