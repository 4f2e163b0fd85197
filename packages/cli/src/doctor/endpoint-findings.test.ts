import { resolveEndpoint } from '@describe-image/core';
import { expect, it } from 'vitest';
import { otherSite } from './endpoint-findings.ts';

it('returns the public site that serves the region when the endpoint is the other public site', () => {
  expect(otherSite(resolveEndpoint(), 'ap-southeast-1')).toBe('tds.ap-southeast-1.aliyuncs.com');
  expect(otherSite(resolveEndpoint({ region: 'eu-central-1' }), 'cn-beijing')).toBe(
    'tds.cn-shanghai.aliyuncs.com',
  );
});

it('returns undefined for the right site, a custom endpoint, a VPC endpoint and an invalid region', () => {
  expect(otherSite(resolveEndpoint(), 'cn-beijing')).toBeUndefined();
  expect(otherSite(resolveEndpoint({ endpoint: 'http://127.0.0.1:4010' }), 'ap-southeast-1')).toBeUndefined();
  expect(
    otherSite(resolveEndpoint({ region: 'cn-hangzhou', network: 'vpc' }), 'ap-southeast-1'),
  ).toBeUndefined();
  expect(otherSite(resolveEndpoint(), 'no region!')).toBeUndefined();
});
