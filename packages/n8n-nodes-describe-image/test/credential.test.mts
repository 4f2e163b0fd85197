import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Demo, ids, startDemo } from './demo.mts';

let demo: Demo;

beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo[Symbol.asyncDispose]());
beforeEach(() => demo.emulator.reset());

const CALL = { Action: 'DescribeImage', Version: '2018-12-03' };
const IDS = { ImageRegionId: 'cn-hangzhou', ImageInstanceId: 'cri-1', ImageRepoId: 'crr-1' };

// The emulator rejects a signature that does not match the received bytes.
describe('requests of the HTTP Request node', () => {
  it.each([
    ['unicode', 'café ☕ 镜像'],
    ['a plus sign', '1.0+build.7'],
    ['reserved URL characters', "!'()*~;/?:@&=+$,#[] %"],
    ['an empty value', ''],
  ])('signs %s in query parameters', async (_, tag) => {
    const qs = { ...CALL, ...IDS, ImageTag: `x${tag}` };
    await demo.engine.request({ method: 'GET', uri: demo.emulator.url, qs, json: true });
    expect(demo.emulator.requests.at(-1)).toMatchObject({
      scheme: 'ACS3-HMAC-SHA256',
      status: 200,
      parameters: { ImageTag: `x${tag}` },
    });
  });

  it('signs parameters in the URL', async () => {
    const query = new URLSearchParams({ ...CALL, ...IDS, ImageTag: 'a b' });
    await demo.engine.request({ method: 'GET', uri: `${demo.emulator.url}/?${query}`, json: true });
    expect(demo.emulator.requests.at(-1)).toMatchObject({ status: 200, parameters: { ImageTag: 'a b' } });
  });

  it('signs a form with Action and Version in the query or in the form', async () => {
    const form = { ...IDS, ImageTag: 'ü+ &=~*' };
    await demo.engine.request({ method: 'POST', uri: demo.emulator.url, qs: CALL, form });
    await demo.engine.request({ method: 'POST', uri: demo.emulator.url, form: { ...CALL, ...form } });
    expect(demo.emulator.requests.map(({ status, parameters }) => [status, parameters['ImageTag']])).toEqual([
      [200, 'ü+ &=~*'],
      [200, 'ü+ &=~*'],
    ]);
  });

  it.each([
    ['an object', { note: 'ü ☕', list: [1, 2] }],
    ['text with surrounding spaces', ' { "note" : "ü" } \n'],
  ])('signs a JSON body given as %s', async (_, body) => {
    const qs = { ...CALL, ...IDS, ImageTag: '1' };
    await demo.engine.request({ method: 'POST', uri: demo.emulator.url, qs, body, json: true });
    expect(demo.emulator.requests.at(-1)).toMatchObject({ status: 200, code: undefined });
  });

  it('flattens lists and objects in query parameters', async () => {
    const qs = { ...CALL, ...IDS, ImageTag: '1', Tag: [{ Key: 'a' }, { Key: 'b' }] };
    await demo.engine.request({ method: 'POST', uri: demo.emulator.url, qs, json: true });
    expect(demo.emulator.requests.at(-1)?.parameters).toMatchObject({ 'Tag.1.Key': 'a', 'Tag.2.Key': 'b' });
  });

  it('signs other headers, with Action and Version as headers', async () => {
    const headers = {
      'X-Acs-Action': 'DescribeImage',
      'x-acs-version': '2018-12-03',
      'X-Other': 'x',
    };
    const qs = { ...IDS, ImageTag: '1' };
    await demo.engine.request({
      method: 'POST',
      uri: demo.emulator.url,
      qs,
      headers,
      json: true,
    });
    expect(demo.emulator.requests.at(-1)).toMatchObject({ status: 200, headers: { 'x-other': 'x' } });
  });

  it('calls another API, such as STS', async () => {
    const qs = { Action: 'GetCallerIdentity', Version: '2015-04-01' };
    const answer = await demo.engine.request({ method: 'POST', uri: demo.emulator.url, qs, json: true });
    expect(answer).toMatchObject({ Arn: expect.stringContaining('demo') });
  });

  it('rejects a multipart body', async () => {
    const formData = { file: 'x' };
    await expect(
      demo.engine.request({ method: 'POST', uri: demo.emulator.url, qs: CALL, formData }),
    ).rejects.toThrow('multipart');
  });

  it('rejects a request without Action', async () => {
    await expect(
      demo.engine.request({ method: 'GET', uri: demo.emulator.url, qs: { Version: '1' }, json: true }),
    ).rejects.toThrow('Action');
  });
});

it.each([
  ['a base URL and a path', { baseURL: 'BASE', url: '/', qs: { ...CALL, ...IDS, ImageTag: 'ü+' } }],
  [
    'an absolute URL',
    { url: 'BASE/?Action=DescribeImage', qs: { Version: '2018-12-03', ...IDS, ImageTag: 'ü+' } },
  ],
  ['a form as text', { url: 'BASE', qs: CALL, body: new URLSearchParams({ ...IDS, ImageTag: 'ü+' }) }],
  [
    'a form as an object',
    {
      url: 'BASE',
      qs: CALL,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: { ...IDS, ImageTag: 'ü+' },
    },
  ],
])('signs a request of a node with %s', async (_, options) => {
  const replaceBase = (text: string | undefined) => text?.replace('BASE', demo.emulator.url);
  const { url, baseURL } = { baseURL: undefined, ...options };
  const address = {
    url: replaceBase(url) ?? '',
    ...(baseURL !== undefined && { baseURL: replaceBase(baseURL) ?? '' }),
  };
  await demo.engine.httpRequest({ method: 'POST', ...options, ...address });
  expect(demo.emulator.requests.at(-1)).toMatchObject({ status: 200, parameters: { ImageTag: 'ü+' } });
});

describe('temporary credentials', () => {
  it('sends the security token and trims every field', async () => {
    const session = {
      accessKeyId: 'STS.temporary',
      accessKeySecret: 'temporary-secret',
      securityToken: 'temporary-token',
    };
    await using temporary = await startDemo(
      { ...session, accessKeySecret: ' temporary-secret \n' },
      { seed: { keys: [{ ...session, expiresAt: '+1h' }] } },
    );
    const answer = await temporary.engine.run({
      operation: 'verify',
      ...ids('1'),
      expectedDigest: 'a'.repeat(64),
    });
    expect(answer.error).toBeUndefined();
  });

  it('are not sent again after the service rejects them as expired', async () => {
    const effect = { kind: 'error', code: 'InvalidSecurityToken.Expired' } as const;
    demo.emulator.faults.add({ operation: 'DescribeImage', effect });
    const { error } = await demo.engine.run({ operation: 'get', ...ids('1.4.2') });
    expect(error).toMatchObject({
      message: 'Alibaba Cloud rejected the AccessKey',
      context: { data: { attempts: 1 } },
    });
    expect(demo.actions()).toHaveLength(1);
  });
});

describe('Assume Role', () => {
  const ROLE = {
    assumeRole: true,
    roleArn: 'acs:ram::1234567890123456:role/auditor',
    externalId: 'demo-external-id',
    roleSessionName: 'n8n-test',
  };

  it('assumes the role once and signs with its session', async () => {
    await using assumed = await startDemo(ROLE);
    await assumed.engine.run({ operation: 'get', ...ids('1.4.2') });
    const second = await assumed.engine.run({ operation: 'get', ...ids('1.4.1') });
    expect(second.error).toBeUndefined();
    expect(assumed.actions()).toEqual(['AssumeRole', 'DescribeImage', 'DescribeImage']);
    expect(assumed.emulator.requests[1]?.accessKeyId).toMatch(/^STS\./);
    expect(assumed.emulator.requests[0]?.parameters).toMatchObject({
      ExternalId: 'demo-external-id',
      RoleSessionName: 'n8n-test',
    });
  });

  it('assumes the role once for 16 parallel items', async () => {
    await using assumed = await startDemo(ROLE);
    const items = Array.from({ length: 16 }, (_, index) => ({ tag: `t${index}` }));
    const parameters = { operation: 'verify', ...ids('={{ $json.tag }}'), expectedDigest: 'a'.repeat(64) };
    const { error } = await assumed.engine.run(parameters, items);
    expect(error).toBeUndefined();
    expect(assumed.actions().filter((action) => action === 'AssumeRole')).toHaveLength(1);
  });

  it('assumes the role again after the session expires, for nodes and for the HTTP Request node', async () => {
    await using assumed = await startDemo(ROLE);
    await assumed.engine.run({ operation: 'get', ...ids('1.4.2') });
    const expireSession = () => {
      const session = JSON.parse(String(assumed.engine.stored['roleSessionToken']));
      const roleSessionToken = JSON.stringify({ ...session, expiration: '2020-01-01T00:00:00Z' });
      Object.assign(assumed.engine.stored, { roleSessionToken });
    };
    expireSession();
    expect((await assumed.engine.run({ operation: 'get', ...ids('1.4.2') })).error).toBeUndefined();
    expireSession();
    const qs = { Action: 'GetCallerIdentity', Version: '2015-04-01' };
    const answer = await assumed.engine.request({ method: 'GET', uri: assumed.emulator.url, qs, json: true });
    expect(answer).toMatchObject({ Arn: expect.stringContaining('auditor') });
    expect(assumed.actions()).toEqual([
      'AssumeRole',
      'DescribeImage',
      'AssumeRole',
      'DescribeImage',
      'AssumeRole',
      'GetCallerIdentity',
    ]);
  });

  it('assumes the role again once when the service rejects the session as expired', async () => {
    await using assumed = await startDemo(ROLE);
    const effect = { kind: 'error', code: 'InvalidSecurityToken.Expired' } as const;
    assumed.emulator.faults.add({ operation: 'DescribeImage', times: 1, effect });
    const { error } = await assumed.engine.run({ operation: 'get', ...ids('1.4.2') });
    expect(error).toBeUndefined();
    expect(assumed.actions()).toEqual(['AssumeRole', 'DescribeImage', 'AssumeRole', 'DescribeImage']);
    const keys = assumed.emulator.requests.map(({ accessKeyId }) => accessKeyId);
    expect(keys[3]).not.toBe(keys[1]);
  });

  it('uses the role session when the local clock is two hours fast', async () => {
    await using assumed = await startDemo(ROLE);
    assumed.emulator.clock.advance(-2 * 60 * 60_000);
    const { error } = await assumed.engine.run({
      operation: 'verify',
      ...ids('1'),
      expectedDigest: 'a'.repeat(64),
    });
    expect(error).toBeUndefined();
    expect(assumed.actions()).toEqual(['AssumeRole', 'AssumeRole', 'DescribeImage', 'DescribeImage']);
  });

  it('reports why AssumeRole fails', async () => {
    await using rejected = await startDemo({ ...ROLE, externalId: 'a-wrong-external-id' });
    const { error } = await rejected.engine.run({ operation: 'get', ...ids('1.4.2') });
    expect(error).toMatchObject({
      message: 'Alibaba Cloud rejected the AccessKey',
      description: expect.stringMatching(/role\/auditor.*AssumeRole/),
    });
  });
});
