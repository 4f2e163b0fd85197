import OpenApiClient, { Config, OpenApiRequest, Params } from '@alicloud/openapi-client';
import PopCore from '@alicloud/pop-core';
import { RuntimeOptions } from '@alicloud/tea-util';
import { createClient } from '@describe-image/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEmulator, demoCredentials, type Emulator } from '../src/index.ts';
import { defaultExport } from './default-export.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await createEmulator();
});
afterAll(() => emulator.close());

const image = {
  ImageRegionId: 'cn-hangzhou',
  ImageInstanceId: 'cri-3xk9v2m7q4wz8d1p',
  ImageRepoId: 'crr-a1c7e9k2m4p6r8t0',
  ImageTag: '1.4.2',
};

describe('@alicloud/openapi-client (ACS3)', () => {
  it('gets the digest', async () => {
    const answer = await callV3('DescribeImage', image);
    expect(answer).toMatchObject({
      statusCode: 200,
      body: { RequestId: expect.any(String), Data: { Digest: liveDigest('1.4.2') } },
    });
    expect(emulator.requests.at(-1)).toMatchObject({
      scheme: 'ACS3-HMAC-SHA256',
      operation: 'DescribeImage',
    });
  });

  it.each(['GET', 'POST'])('pages through the inventory by %s', async (method) => {
    const seen: string[] = [];
    for (let CurrentPage = 1; ; CurrentPage += 1) {
      const { body } = await callV3('DescribeImageInstances', { PageSize: 5, CurrentPage }, { method });
      for (const { InstanceId, RepoId, Tag } of body.ImageInstanceList)
        seen.push(`${InstanceId}/${RepoId}:${Tag}`);
      if (seen.length >= body.PageInfo.TotalCount) break;
    }
    expect(new Set(seen).size).toBe(13);
  });

  it('filters with Criteria that need encoding', async () => {
    const Criteria = JSON.stringify([{ name: 'repoName', value: 'check', logicalExp: 'AND' }]);
    const { body } = await callV3('DescribeImageInstances', { Criteria, Note: "中文 🐳 + * ~ !'()" });
    expect(body.PageInfo.TotalCount).toBe(4);
  });

  it('reads the same vulnerabilities as the client of core', async () => {
    const [storefront] = emulator.state.images().filter(({ tag }) => tag === '2.9.0');
    const records: Record<string, unknown>[] = [];
    for (let CurrentPage = 1; ; CurrentPage += 1) {
      const query = { Type: 'cve', Lang: 'en', Digest: storefront?.digest, PageSize: 20, CurrentPage };
      const { body } = await callV3('DescribeImageVulList', query);
      records.push(...body.VulRecords);
      if (records.length >= body.TotalCount) break;
    }
    const client = createClient({ endpoint: emulator.url, credentials: demoCredentials, proxy: false });
    const list = client.listVulnerabilities({ reference: 'shop/storefront:2.9.0' });
    const { vulnerabilities, subject } = await list.all();
    expect(vulnerabilities.map(({ raw }) => raw)).toEqual(records);
    expect(records).toHaveLength(subject.image?.vulCount ?? 0);
  });

  it('gets the error of a wrong secret', async () => {
    const error = await callV3('DescribeImage', image, { accessKeySecret: 'wrong' }).catch(
      (caught) => caught,
    );
    expect(error).toMatchObject({ code: 'SignatureDoesNotMatch', statusCode: 400 });
    expect(error.message).toContain('server CanonicalRequest is [POST');
  });

  it('gets the missing permission', async () => {
    const keys = { accessKeyId: 'demo-list-only-key-id', accessKeySecret: 'demo-list-only-key-secret' };
    const error = await callV3('DescribeImage', image, keys).catch((caught) => caught);
    expect(error).toMatchObject({
      code: 'NoPermission',
      accessDeniedDetail: { AuthAction: 'yundun-sas:DescribeImage', NoPermissionType: 'ImplicitDeny' },
    });
  });

  it('assumes a role and calls with the session', async () => {
    const { body } = await callV3(
      'AssumeRole',
      { RoleArn: 'acs:ram::1234567890123456:role/image-reader', RoleSessionName: 'official' },
      { version: '2015-04-01' },
    );
    const {
      AccessKeyId: accessKeyId,
      AccessKeySecret: accessKeySecret,
      SecurityToken: securityToken,
    } = body.Credentials;
    const session = { accessKeyId, accessKeySecret, securityToken };
    expect((await callV3('DescribeImage', image, session)).statusCode).toBe(200);
  });
});

describe('@alicloud/pop-core (RPC)', () => {
  it.each(['GET', 'POST'])('gets the digest by %s', async (method) => {
    await expect(callV1('DescribeImage', image, { method })).resolves.toMatchObject({
      Data: { Digest: liveDigest('1.4.2') },
    });
    expect(emulator.requests.at(-1)).toMatchObject({ scheme: 'HMAC-SHA1', method });
  });

  it.each(['GET', 'POST'])('filters with Criteria that need encoding by %s', async (method) => {
    const Criteria = JSON.stringify([{ name: 'repoName', value: 'check', logicalExp: 'AND' }]);
    const parameters = { Criteria, Note: "中文 🐳 + * ~ !'()" };
    await expect(callV1('DescribeImageInstances', parameters, { method })).resolves.toMatchObject({
      PageInfo: { TotalCount: 4 },
    });
  });

  it('gets the error of a wrong secret', async () => {
    await expect(callV1('DescribeImage', image, {}, 'wrong')).rejects.toMatchObject({
      code: 'SignatureDoesNotMatch',
    });
  });

  it('gets its identity', async () => {
    await expect(callV1('GetCallerIdentity', {}, {}, undefined, '2015-04-01')).resolves.toMatchObject({
      IdentityType: 'RAMUser',
      Arn: 'acs:ram::1234567890123456:user/demo',
    });
  });
});

function liveDigest(tag: string): string | undefined {
  return emulator.state
    .images()
    .find((known) => known.instanceId === image.ImageInstanceId && known.tag === tag)?.digest;
}

interface V3Options {
  readonly method?: string;
  readonly version?: string;
  readonly accessKeyId?: string;
  readonly accessKeySecret?: string;
  readonly securityToken?: string;
}

// biome-ignore lint/suspicious/noExplicitAny: the package's answers are untyped.
async function callV3(action: string, query: Record<string, unknown>, options: V3Options = {}): Promise<any> {
  const { method = 'POST', version = '2018-12-03', ...keys } = options;
  const config = new Config({
    ...demoCredentials,
    ...keys,
    endpoint: `127.0.0.1:${emulator.port}`,
    protocol: 'HTTP',
  });
  const client = new (defaultExport(OpenApiClient))(config);
  const params = new Params({
    action,
    version,
    method,
    protocol: 'HTTP',
    pathname: '/',
    authType: 'AK',
    style: 'RPC',
    reqBodyType: 'formData',
    bodyType: 'json',
  });
  return await client.callApi(params, new OpenApiRequest({ query }), new RuntimeOptions({}));
}

async function callV1(
  action: string,
  parameters: Record<string, unknown>,
  options: { readonly method?: string },
  accessKeySecret = demoCredentials.accessKeySecret,
  apiVersion = '2018-12-03',
): Promise<unknown> {
  const client = new PopCore({ ...demoCredentials, accessKeySecret, endpoint: emulator.url, apiVersion });
  return await client.request(action, parameters, options);
}
