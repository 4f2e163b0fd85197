import { describe, expect, it } from 'vitest';
import { parseImage } from '../../operations/image.ts';
import { parseRegistryHost, pullDomain, registryDomains } from './registry-host.ts';

describe('parseRegistryHost', () => {
  it.each<[string, string, string | undefined, string]>([
    [
      'acme-registry.cn-hangzhou.cr.aliyuncs.com',
      'enterprise',
      'cn-hangzhou',
      'acme-registry.cn-hangzhou.cr.aliyuncs.com',
    ],
    [
      'acme-registry-vpc.cn-hangzhou.cr.aliyuncs.com',
      'enterprise',
      'cn-hangzhou',
      'acme-registry.cn-hangzhou.cr.aliyuncs.com',
    ],
    [
      'acme.ap-southeast-1.cr.aliyuncs.com',
      'enterprise',
      'ap-southeast-1',
      'acme.ap-southeast-1.cr.aliyuncs.com',
    ],
    ['registry.cn-hangzhou.aliyuncs.com', 'personal', 'cn-hangzhou', 'registry.cn-hangzhou.aliyuncs.com'],
    ['registry-vpc.cn-hangzhou.aliyuncs.com', 'personal', 'cn-hangzhou', 'registry.cn-hangzhou.aliyuncs.com'],
    [
      'registry-internal.cn-hangzhou.aliyuncs.com',
      'personal',
      'cn-hangzhou',
      'registry.cn-hangzhou.aliyuncs.com',
    ],
    [
      'registry-intl.ap-southeast-1.aliyuncs.com',
      'personal',
      'ap-southeast-1',
      'registry-intl.ap-southeast-1.aliyuncs.com',
    ],
    [
      'registry-intl-vpc.ap-southeast-1.aliyuncs.com',
      'personal',
      'ap-southeast-1',
      'registry-intl.ap-southeast-1.aliyuncs.com',
    ],
    [
      'crpi-abc123.cn-hangzhou.personal.cr.aliyuncs.com',
      'personal',
      'cn-hangzhou',
      'crpi-abc123.cn-hangzhou.personal.cr.aliyuncs.com',
    ],
    [
      'crpi-abc123-vpc.cn-hangzhou.personal.cr.aliyuncs.com',
      'personal',
      'cn-hangzhou',
      'crpi-abc123.cn-hangzhou.personal.cr.aliyuncs.com',
    ],
    ['REGISTRY.CN-HANGZHOU.ALIYUNCS.COM:443', 'personal', 'cn-hangzhou', 'registry.cn-hangzhou.aliyuncs.com'],
    ['harbor.example.com:8443', 'other', undefined, 'harbor.example.com:8443'],
    ['aliyuncs.com', 'other', undefined, 'aliyuncs.com'],
    [
      'evil-registry.cn-hangzhou.cr.aliyuncs.com.example',
      'other',
      undefined,
      'evil-registry.cn-hangzhou.cr.aliyuncs.com.example',
    ],
    ['oss.cn-hangzhou.aliyuncs.com', 'other', undefined, 'oss.cn-hangzhou.aliyuncs.com'],
  ])('parses %s as %s in %s', (host, kind, regionId, publicHost) => {
    expect(parseRegistryHost(host)).toEqual({ host, kind, regionId, instanceId: undefined, publicHost });
  });

  it('accepts an instance id in the place of a host', () => {
    expect(parseRegistryHost('cri-hfs6gaawhyu6')).toMatchObject({
      kind: 'instance',
      instanceId: 'cri-hfs6gaawhyu6',
      regionId: undefined,
    });
  });
});

it.each([
  [
    'objects with a list',
    [{ type: 'internet', domains: ['a.example', 'b.example'] }],
    ['a.example', 'b.example'],
  ],
  ['objects with one', [{ domains: 'a.example' }], ['a.example']],
  ['text', ['a.example', ''], ['a.example']],
  ['nothing', undefined, []],
  ['something else', { domains: 'a.example' }, []],
])('reads the domains of a registry from %s', (_, endpoints, domains) => {
  expect(registryDomains(parseImage({ Endpoints: JSON.stringify(endpoints) }))).toEqual(domains);
});

it.each([
  [
    'the public one',
    ['a-vpc.cn-hangzhou.cr.aliyuncs.com', 'a.cn-hangzhou.cr.aliyuncs.com'],
    'a.cn-hangzhou.cr.aliyuncs.com',
  ],
  ['the first if none is public', ['a-vpc.cn-hangzhou.cr.aliyuncs.com'], 'a-vpc.cn-hangzhou.cr.aliyuncs.com'],
  ['none without domains', [], undefined],
])('picks as the domain to pull from %s', (_, domains, domain) => {
  expect(pullDomain({ endpoints: [{ domains }] })).toBe(domain);
});
