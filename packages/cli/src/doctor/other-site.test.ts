import { resolveEndpoint } from '@describe-image/core';
import { expect, it } from 'vitest';
import { otherSite } from './other-site.ts';

it('names the site that serves the region of a profile, when the other one is asked', () => {
  expect(otherSite(resolveEndpoint(), 'ap-southeast-1')).toBe('tds.ap-southeast-1.aliyuncs.com');
  expect(otherSite(resolveEndpoint({ region: 'eu-central-1' }), 'cn-beijing')).toBe(
    'tds.cn-shanghai.aliyuncs.com',
  );
});

it('says nothing when the site is the right one, was set to something else, or the region is none', () => {
  expect(otherSite(resolveEndpoint(), 'cn-beijing')).toBeUndefined();
  expect(otherSite(resolveEndpoint({ endpoint: 'http://127.0.0.1:4010' }), 'ap-southeast-1')).toBeUndefined();
  expect(
    otherSite(resolveEndpoint({ region: 'cn-hangzhou', network: 'vpc' }), 'ap-southeast-1'),
  ).toBeUndefined();
  expect(otherSite(resolveEndpoint(), 'no region!')).toBeUndefined();
});
