import { describe, expect, test } from 'vitest';
import { parseRegistryHost } from './registry-host.ts';

describe('parseRegistryHost', () => {
  test.each<[string, string, string | undefined, string]>([
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
  ])('reads %s as %s in %s', (host, kind, regionId, publicHost) => {
    expect(parseRegistryHost(host)).toEqual({ host, kind, regionId, instanceId: undefined, publicHost });
  });

  test('an instance id may stand in the place of a host', () => {
    expect(parseRegistryHost('cri-hfs6gaawhyu6')).toMatchObject({
      kind: 'instance',
      instanceId: 'cri-hfs6gaawhyu6',
      regionId: undefined,
    });
  });
});
