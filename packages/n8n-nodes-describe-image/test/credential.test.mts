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

// A signature over anything but the very bytes that arrive would be refused by the emulator.
describe('requests that the HTTP Request node makes', () => {
  it.each([
    ['unicode', 'café ☕ 镜像'],
    ['a plus', '1.0+build.7'],
    ['all that URLs reserve', "!'()*~;/?:@&=+$,#[] %"],
    ['an empty value', ''],
  ])('are signed with %s in query parameters', async (_, tag) => {
    const qs = { ...CALL, ...IDS, ImageTag: `x${tag}` };
    await demo.engine.request({ method: 'GET', uri: demo.emulator.url, qs, json: true });
    expect(demo.emulator.requests.at(-1)).toMatchObject({
      scheme: 'ACS3-HMAC-SHA256',
      status: 200,
      parameters: { ImageTag: `x${tag}` },
    });
  });

  it('are signed with parameters in the address', async () => {
    const query = new URLSearchParams({ ...CALL, ...IDS, ImageTag: 'a b' });
    await demo.engine.request({ method: 'GET', uri: `${demo.emulator.url}/?${query}`, json: true });
    expect(demo.emulator.requests.at(-1)).toMatchObject({ status: 200, parameters: { ImageTag: 'a b' } });
  });

  it('are signed with a form, Action and Version among its fields or in the query', async () => {
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
    ['text with blanks around it', ' { "note" : "ü" } \n'],
  ])('are signed with a JSON body: %s', async (_, body) => {
    const qs = { ...CALL, ...IDS, ImageTag: '1' };
    await demo.engine.request({ method: 'POST', uri: demo.emulator.url, qs, body, json: true });
    expect(demo.emulator.requests.at(-1)).toMatchObject({ status: 200, code: undefined });
  });

  it('are signed with lists and objects flattened as RPC APIs want them', async () => {
    const qs = { ...CALL, ...IDS, ImageTag: '1', Tag: [{ Key: 'a' }, { Key: 'b' }] };
    await demo.engine.request({ method: 'POST', uri: demo.emulator.url, qs, json: true });
    expect(demo.emulator.requests.at(-1)?.parameters).toMatchObject({ 'Tag.1.Key': 'a', 'Tag.2.Key': 'b' });
  });

  it('are signed with headers of their own, and with Action and Version as headers', async () => {
    const headers = {
      'X-Acs-Action': 'DescribeImage',
      'x-acs-version': '2018-12-03',
      'X-Other': 'ü'.normalize(),
    };
    const qs = { ...IDS, ImageTag: '1' };
    await demo.engine.request({
      method: 'POST',
      uri: demo.emulator.url,
      qs,
      headers: { ...headers, 'X-Other': 'x' },
      json: true,
    });
    expect(demo.emulator.requests.at(-1)).toMatchObject({ status: 200, headers: { 'x-other': 'x' } });
  });

  it('reach any other API: STS answers who the key belongs to', async () => {
    const qs = { Action: 'GetCallerIdentity', Version: '2015-04-01' };
    const answer = await demo.engine.request({ method: 'POST', uri: demo.emulator.url, qs, json: true });
    expect(answer).toMatchObject({ Arn: expect.stringContaining('demo') });
  });

  it('say that a multipart body cannot be signed', async () => {
    const formData = { file: 'x' };
    await expect(
      demo.engine.request({ method: 'POST', uri: demo.emulator.url, qs: CALL, formData }),
    ).rejects.toThrow('multipart');
  });

  it('say what is missing', async () => {
    await expect(
      demo.engine.request({ method: 'GET', uri: demo.emulator.url, qs: { Version: '1' }, json: true }),
    ).rejects.toThrow('Action');
  });
});

it.each([
  ['a base address and a path', { baseURL: 'BASE', url: '/', qs: { ...CALL, ...IDS, ImageTag: 'ü+' } }],
  [
    'a whole address',
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
])('requests that nodes make are signed with %s', async (_, options) => {
  const at = (text: string | undefined) => text?.replace('BASE', demo.emulator.url);
  const { url, baseURL } = { baseURL: undefined, ...options };
  const address = { url: at(url) ?? '', ...(baseURL !== undefined && { baseURL: at(baseURL) ?? '' }) };
  await demo.engine.httpRequest({ method: 'POST', ...options, ...address });
  expect(demo.emulator.requests.at(-1)).toMatchObject({ status: 200, parameters: { ImageTag: 'ü+' } });
});

describe('temporary keys', () => {
  it('are sent with their token, trimmed like every field', async () => {
    const session = {
      accessKeyId: 'STS.somebody',
      accessKeySecret: 'somebody-secret',
      securityToken: 'somebody-token',
    };
    await using temporary = await startDemo(
      { ...session, accessKeySecret: ' somebody-secret \n' },
      { seed: { keys: [{ ...session, expiresAt: '+1h' }] } },
    );
    const answer = await temporary.engine.run({
      operation: 'verify',
      ...ids('1'),
      expectedDigest: 'a'.repeat(64),
    });
    expect(answer.error).toBeUndefined();
  });
});

describe('Assume Role', () => {
  const ROLE = {
    assumeRole: true,
    roleArn: 'acs:ram::1234567890123456:role/auditor',
    externalId: 'demo-external-id',
    roleSessionName: 'n8n-test',
  };

  it('takes the role on once and signs with its session', async () => {
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

  it('takes it on once for items that begin together', async () => {
    await using assumed = await startDemo(ROLE);
    const items = Array.from({ length: 16 }, (_, index) => ({ tag: `t${index}` }));
    const parameters = { operation: 'verify', ...ids('={{ $json.tag }}'), expectedDigest: 'a'.repeat(64) };
    const { error } = await assumed.engine.run(parameters, items);
    expect(error).toBeUndefined();
    expect(assumed.actions().filter((action) => action === 'AssumeRole')).toHaveLength(1);
  });

  it('takes it on again when the session has ended, for nodes and for the HTTP Request node', async () => {
    await using assumed = await startDemo(ROLE);
    await assumed.engine.run({ operation: 'get', ...ids('1.4.2') });
    const end = () => {
      const session = JSON.parse(String(assumed.engine.stored['roleSessionToken']));
      const roleSessionToken = JSON.stringify({ ...session, expiration: '2020-01-01T00:00:00Z' });
      Object.assign(assumed.engine.stored, { roleSessionToken });
    };
    end();
    expect((await assumed.engine.run({ operation: 'get', ...ids('1.4.2') })).error).toBeUndefined();
    end();
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

  it('says why a role cannot be taken on', async () => {
    await using refused = await startDemo({ ...ROLE, externalId: 'a-wrong-one' });
    const { error } = await refused.engine.run({ operation: 'get', ...ids('1.4.2') });
    expect(error).toMatchObject({
      message: 'Alibaba Cloud does not accept the AccessKey',
      description: expect.stringMatching(/role\/auditor.*AssumeRole/),
    });
  });
});
