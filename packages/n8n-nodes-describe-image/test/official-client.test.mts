import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import OpenApiClient, { Config, OpenApiRequest, Params } from '@alicloud/openapi-client';
import OpenApiUtil from '@alicloud/openapi-util';
import { RuntimeOptions } from '@alicloud/tea-util';
import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { signN8nRequest } from '../src/credential/sign-n8n-request.ts';

const fixed = vi.hoisted(() => ({ nonce: '' }));
vi.mock('node:crypto', async (original) => ({
  ...(await original<typeof import('node:crypto')>()),
  randomUUID: () => fixed.nonce,
}));

interface Call {
  readonly product: string;
  readonly action: string;
  readonly version: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path?: string;
  readonly query?: IDataObject;
  readonly form?: IDataObject;
  readonly json?: IDataObject;
}

// One call of each product, as its documentation describes it.
const RPC: readonly Call[] = [
  {
    product: 'ECS',
    action: 'DescribeInstances',
    version: '2014-05-26',
    method: 'POST',
    query: {
      RegionId: 'cn-hangzhou',
      Tag: [
        { Key: 'env', Value: 'prod' },
        { Key: '环境', Value: '生产' },
      ],
    },
  },
  { product: 'STS', action: 'GetCallerIdentity', version: '2015-04-01', method: 'GET' },
  { product: 'RAM', action: 'ListUsers', version: '2015-05-01', method: 'GET', query: { MaxItems: 100 } },
  {
    product: 'VPC',
    action: 'DescribeVpcs',
    version: '2016-04-28',
    method: 'GET',
    query: { RegionId: 'cn-beijing', VpcName: "a b+c*d~e!'()" },
  },
  {
    product: 'SLB',
    action: 'AddBackendServers',
    version: '2014-05-15',
    method: 'POST',
    query: { BackendServers: '[{"ServerId":"i-1","Weight":"100"}]', LoadBalancerId: 'lb-1' },
  },
  {
    product: 'RDS',
    action: 'DescribeDBInstances',
    version: '2014-08-15',
    method: 'POST',
    form: { RegionId: 'cn-hangzhou', SearchKey: 'ü ☕ 名' },
  },
  {
    product: 'CDN',
    action: 'RefreshObjectCaches',
    version: '2018-05-10',
    method: 'POST',
    query: { ObjectPath: 'https://example.com/a?b=1&c=%20\nhttps://example.com/ü' },
  },
  {
    product: 'KMS',
    action: 'Encrypt',
    version: '2016-01-20',
    method: 'POST',
    form: { KeyId: 'key-1', Plaintext: 'aGk+Lz0=' },
  },
  {
    product: 'Container Registry',
    action: 'ListRepoTag',
    version: '2018-12-01',
    method: 'GET',
    query: { InstanceId: 'cri-1', RepoId: 'crr-1', PageNo: 1, PageSize: 100 },
  },
  {
    product: 'Security Center',
    action: 'DescribeImageVulList',
    version: '2018-12-03',
    method: 'POST',
    query: { Type: 'cve', ScanRange: ['image', 'container'] },
  },
  {
    product: 'Machine Translation',
    action: 'TranslateGeneral',
    version: '2018-10-12',
    method: 'POST',
    json: { SourceText: '镜像 ☕', Options: { list: [1, 'b', true] } },
  },
];

const ROA: readonly Call[] = [
  {
    product: 'ACK',
    action: 'DescribeClusterDetail',
    version: '2015-12-15',
    method: 'GET',
    path: '/clusters/c-1',
  },
  {
    product: 'ACK',
    action: 'ModifyCluster',
    version: '2015-12-15',
    method: 'PUT',
    path: '/api/v2/clusters/c-1',
    json: { api_server_eip: true, name: '集群' },
  },
  {
    product: 'ACK',
    action: 'DeleteCluster',
    version: '2015-12-15',
    method: 'DELETE',
    path: '/clusters/c-1',
    query: { keep_slb: true, retain_resources: '["sg-1"]' },
  },
  {
    product: 'Function Compute',
    action: 'CreateFunction',
    version: '2023-03-30',
    method: 'POST',
    path: '/2023-03-30/functions',
    json: { functionName: 'f', runtime: 'nodejs20' },
  },
];

interface Received {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

let server: Server;
let host = '';
let received: Received | undefined;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const { method = '', url: target = '', headers } = request;
    received = { method, target, headers: headers as Received['headers'], body: await text(request) };
    response.setHeader('content-type', 'application/json').end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`; // listens on TCP
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** The class of a CommonJS package. In an ES module it may be the `default` of the default export. */
function defaultExport<Class>(imported: Class | { readonly default: Class }): Class {
  return typeof imported === 'object' && imported !== null && 'default' in imported
    ? imported.default
    : imported;
}

const CREDENTIALS = { accessKeyId: 'testid', accessKeySecret: 'testsecret', securityToken: 'token' };

/** Calls with the official client and returns what it sent. */
async function capture({ action, version, method, path = '/', query, form, json }: Call): Promise<Received> {
  const client = new (defaultExport(OpenApiClient))(
    new Config({ ...CREDENTIALS, endpoint: host, protocol: 'http' }),
  );
  const params = new Params({
    action,
    version,
    protocol: 'HTTP',
    pathname: path,
    method,
    authType: 'AK',
    style: path === '/' ? 'RPC' : 'ROA',
    reqBodyType: json === undefined ? 'formData' : 'json',
    bodyType: 'json',
  });
  const request = new OpenApiRequest({
    ...(query && { query: defaultExport(OpenApiUtil).query(query) }),
    ...((form ?? json) && { body: form ?? json }),
  });
  await client.callApi(params, request, new RuntimeOptions({}));
  if (received === undefined) throw new Error(`${action}: the client sent no request`);
  return received;
}

describe.each(
  [...RPC, ...ROA].map((call): [string, Call] => [`${call.method} ${call.product} ${call.action}`, call]),
)('%s', (_, call) => {
  it.each(['the HTTP Request node', 'another node'])(
    'is signed for %s as by the official client',
    async (source) => {
      const captured = await capture(call);
      const { headers } = captured;
      fixed.nonce = headers['x-acs-signature-nonce'] ?? '';
      vi.useFakeTimers({ toFake: ['Date'], now: new Date(headers['x-acs-date'] ?? '') });
      const address = `http://${host}${call.path ?? '/'}`;
      const sent = Object.entries(headers).filter(([name]) =>
        /^(x-acs-(credentials|accesskey)|accept$|content-type)/.test(name),
      );
      const naming =
        call.path === undefined
          ? {
              qs: { Action: call.action, Version: call.version, ...call.query },
              headers: Object.fromEntries(sent),
            }
          : {
              qs: { ...call.query },
              headers: {
                ...Object.fromEntries(sent),
                'x-acs-action': call.action,
                'x-acs-version': call.version,
              },
            };
      const content = {
        ...(call.form && { form: call.form }),
        ...(call.json && { body: call.json, json: true }),
      };
      const options = { method: call.method, ...naming, ...content };
      const isHttpRequestNode = source === 'the HTTP Request node';
      const signed = signN8nRequest(
        (isHttpRequestNode
          ? { ...options, uri: address }
          : { ...options, url: address }) as unknown as IHttpRequestOptions,
        CREDENTIALS,
      );
      vi.useRealTimers();
      expect(signed.headers?.['authorization']).toBe(headers['authorization']);
      const query = (target: string) => [...new URL(target, address).searchParams].sort();
      expect(query(signed.url)).toEqual(query(captured.target));
      expect(new URL(signed.url).pathname).toBe(new URL(captured.target, address).pathname);
      expect(signed.body ?? '').toBe(captured.body);
    },
  );
});
