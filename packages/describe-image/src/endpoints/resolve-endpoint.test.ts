import { describe, expect, it } from 'vitest';
import { ValidationError } from '../errors/errors.ts';
import { checkRegion } from './endpoint-map.ts';
import { resolveEndpoint } from './resolve-endpoint.ts';

const CHINA = 'tds.cn-shanghai.aliyuncs.com';
const INTERNATIONAL = 'tds.ap-southeast-1.aliyuncs.com';
const VPC_CHINA = 'tds.vpc-proxy.aliyuncs.com';
const VPC_INTERNATIONAL = 'tds-intl.vpc-proxy.aliyuncs.com';

/** The documented map: region, public endpoint, VPC endpoint. */
const MAP: readonly (readonly [string, string, string | undefined])[] = [
  ['cn-qingdao', CHINA, undefined],
  ['cn-beijing', CHINA, VPC_CHINA],
  ['cn-zhangjiakou', CHINA, VPC_CHINA],
  ['cn-huhehaote', CHINA, VPC_CHINA],
  ['cn-wulanchabu', CHINA, VPC_CHINA],
  ['cn-hangzhou', CHINA, VPC_CHINA],
  ['cn-shanghai', CHINA, VPC_CHINA],
  ['cn-nanjing', CHINA, undefined],
  ['cn-fuzhou', CHINA, undefined],
  ['cn-shenzhen', CHINA, VPC_CHINA],
  ['cn-heyuan', CHINA, VPC_CHINA],
  ['cn-guangzhou', CHINA, VPC_CHINA],
  ['cn-chengdu', CHINA, VPC_CHINA],
  ['cn-hongkong', CHINA, VPC_CHINA],
  ['cn-beijing-finance-1', CHINA, undefined],
  ['cn-hangzhou-finance', CHINA, undefined],
  ['cn-shanghai-finance-1', CHINA, undefined],
  ['cn-shenzhen-finance-1', CHINA, undefined],
  ['cn-heyuan-acdr-1', CHINA, VPC_CHINA],
  ['cn-north-2-gov-1', CHINA, undefined],
  ['cn-qingdao-acdr-ut-1', CHINA, undefined],
  ['cn-shanghai-mybk', CHINA, undefined],
  ['cn-wuhan-lr', CHINA, undefined],
  ['cn-zhengzhou-jva', CHINA, undefined],
  ['ap-southeast-1', INTERNATIONAL, VPC_INTERNATIONAL],
  ['ap-southeast-2', INTERNATIONAL, 'tds-vpc.ap-southeast-2.aliyuncs.com'],
  ['ap-southeast-3', INTERNATIONAL, VPC_INTERNATIONAL],
  ['ap-southeast-5', INTERNATIONAL, VPC_INTERNATIONAL],
  ['ap-southeast-6', INTERNATIONAL, VPC_INTERNATIONAL],
  ['ap-southeast-7', INTERNATIONAL, VPC_INTERNATIONAL],
  ['ap-northeast-1', INTERNATIONAL, VPC_INTERNATIONAL],
  ['ap-northeast-2', INTERNATIONAL, VPC_INTERNATIONAL],
  ['ap-south-1', INTERNATIONAL, undefined],
  ['us-east-1', INTERNATIONAL, VPC_INTERNATIONAL],
  ['us-west-1', INTERNATIONAL, VPC_INTERNATIONAL],
  ['eu-central-1', INTERNATIONAL, VPC_INTERNATIONAL],
  ['eu-west-1', INTERNATIONAL, VPC_INTERNATIONAL],
  ['me-east-1', INTERNATIONAL, undefined],
  ['me-central-1', INTERNATIONAL, undefined],
];

describe('resolveEndpoint', () => {
  it.each(MAP)('selects for %s the documented endpoint %s', (region, host) => {
    const endpoint = resolveEndpoint({ region });
    expect(endpoint).toMatchObject({ protocol: 'https:', host, hostname: host, port: 443, path: '/' });
    expect(endpoint.reason).toContain(`documented for ${region}`);
  });

  it.each(MAP)(
    'selects for %s the documented VPC endpoint, or throws if there is none',
    (region, _public, host) => {
      const resolve = (): unknown => resolveEndpoint({ region, network: 'vpc' });
      if (host === undefined) expect(resolve).toThrow(ValidationError);
      else
        expect(resolve()).toMatchObject({
          host,
          port: 443,
          reason: `the VPC endpoint documented for ${region}`,
        });
    },
  );

  it.each([
    ['cn-newcity', CHINA],
    ['cn-newcity-finance-1', CHINA],
    ['sa-east-1', INTERNATIONAL],
    ['rus-west-1', INTERNATIONAL],
  ])('selects the endpoint of the undocumented region %s by rule, and reports it', (region, host) => {
    const endpoint = resolveEndpoint({ region });
    expect(endpoint.host).toBe(host);
    expect(endpoint.reason).toMatch(/by rule, not by documentation/);
  });

  it.each([undefined, 'cn-newcity', 'sa-east-1'])('rejects network vpc for the region %s', (region) => {
    expect(() => resolveEndpoint({ region, network: 'vpc' })).toThrow(
      /^network: "vpc" requires a region with a documented VPC endpoint, got /,
    );
  });

  it('selects the China site without a region, and reports it', () => {
    expect(resolveEndpoint()).toMatchObject({ host: CHINA, reason: expect.stringContaining('no region') });
  });

  it.each([
    ['hangzhou', 'cn-hangzhou'],
    ['beijing', 'cn-beijing'],
    ['cn hangzhou', 'cn-hangzhou'],
    ['cn-hangzhou/', 'cn-hangzhou'],
    ['CN-HANGZHOU', 'cn-hangzhou'],
    ['cn.hangzhou', 'cn-hangzhou'],
    ['cn_shanghai', 'cn-shanghai'],
    ['ap-hangzhou', 'cn-hangzhou'],
    ['hongkong', 'cn-hongkong'],
    ['singapore', undefined],
    ['ap-southeast1', 'ap-southeast-1'],
    ['eu-central', 'eu-central-1'],
    ['us-east-1a', 'us-east-1'],
    ['cn', undefined],
    ['cn-', undefined],
    ['---', undefined],
    ['', undefined],
    ['https://x', undefined],
  ])('rejects the region %j and suggests the nearest one, %s', (region, nearest) => {
    for (const network of ['public', 'vpc'] as const)
      expect(() => resolveEndpoint({ region, network })).toThrow(
        expect.objectContaining({
          code: 'Validation',
          message: expect.stringContaining(
            `region: must be a region id, got ${JSON.stringify(region)}; did you mean "${nearest ?? ''}`,
          ),
        }),
      );
  });

  it.each([
    ['tds.aliyuncs.com', 'https:', 'tds.aliyuncs.com', 'tds.aliyuncs.com', 443, '/'],
    ['tds.aliyuncs.com:8443', 'https:', 'tds.aliyuncs.com:8443', 'tds.aliyuncs.com', 8443, '/'],
    ['https://tds.aliyuncs.com:443', 'https:', 'tds.aliyuncs.com', 'tds.aliyuncs.com', 443, '/'],
    ['http://127.0.0.1:8080', 'http:', '127.0.0.1:8080', '127.0.0.1', 8080, '/'],
    ['http://127.0.0.1', 'http:', '127.0.0.1', '127.0.0.1', 80, '/'],
    ['https://gw.example/sas/', 'https:', 'gw.example', 'gw.example', 443, '/sas/'],
    ['gw.example:9/sas', 'https:', 'gw.example:9', 'gw.example', 9, '/sas'],
    ['http://[::1]:8080/', 'http:', '[::1]:8080', '[::1]', 8080, '/'],
    ['HTTPS://TDS.ALIYUNCS.COM', 'https:', 'tds.aliyuncs.com', 'tds.aliyuncs.com', 443, '/'],
  ])('accepts the endpoint %s', (endpoint, protocol, host, hostname, port, path) => {
    expect(resolveEndpoint({ endpoint })).toEqual({
      protocol,
      host,
      hostname,
      port,
      path,
      reason: 'set explicitly',
    });
  });

  it.each([
    ['cn-hangzhou', 'documented', 'cn-hangzhou'],
    ['cn-hangzou', 'undocumented', 'cn-hangzhou'],
    ['ap-southeast-11', 'undocumented', 'ap-southeast-1'],
    ['Hangzhou', 'invalid', 'cn-hangzhou'],
  ])('checkRegion returns for %s that it is %s, and the nearest region', (region, status, nearest) => {
    expect(checkRegion(region)).toEqual({ status, nearest });
  });

  it('prefers the given endpoint to region and network', () => {
    expect(resolveEndpoint({ endpoint: 'h', region: 'eu-west-1', network: 'vpc' }).host).toBe('h');
  });

  it.each([
    'https://',
    '',
    'ftp://tds.aliyuncs.com',
    'file:///etc/passwd',
    'https://tds.aliyuncs.com?x=1',
    'https://tds.aliyuncs.com#x',
    'https://user@tds.aliyuncs.com',
    'https://h:99999',
  ])('rejects the endpoint %j', (endpoint) => {
    expect(() => resolveEndpoint({ endpoint })).toThrow(/^endpoint: must be a host or an http\(s\) URL/);
  });

  it.each([
    'https://user:hunter2@tds.aliyuncs.com',
    'ftp://user:hunter2@tds.aliyuncs.com',
    'https://user:hunter2@tds.aliyuncs.com:99999',
    'https://tds.aliyuncs.com?token=hunter2',
    'https://tds .aliyuncs.com?token=hunter2',
  ])('does not quote a possible password of a rejected endpoint', (endpoint) => {
    expect(() => resolveEndpoint({ endpoint })).toThrow(
      expect.objectContaining({ code: 'Validation', message: expect.not.stringContaining('hunter2') }),
    );
  });
});
