import { createHash } from 'node:crypto';
import type { Seed } from './seed.ts';

/** The access key of the demo seed. Only an emulator accepts it. @public */
export const demoCredentials: { readonly accessKeyId: string; readonly accessKeySecret: string } = {
  accessKeyId: 'demo-access-key-id',
  accessKeySecret: 'demo-access-key-secret',
};

/**
 * The registries of a small company: every scan state, shared digests, registries other than ACR, and an ambiguous
 * reference. All times are fixed, so every run returns the same answers. The same seed is in `seeds/demo.json`.
 *
 * @public
 */
export const demoSeed: Seed = {
  name: 'demo',
  accountId: '1234567890123456',
  keys: [
    { ...demoCredentials, user: 'demo' },
    {
      accessKeyId: 'demo-list-only-key-id',
      accessKeySecret: 'demo-list-only-key-secret',
      user: 'list-only',
      allow: ['yundun-sas:DescribeImageInstances', 'yundun-sas:DescribeImageRepoCriteria'],
    },
    {
      // Everything but the list of vulnerabilities.
      accessKeyId: 'demo-no-vulnerabilities-key-id',
      accessKeySecret: 'demo-no-vulnerabilities-key-secret',
      user: 'no-vulnerabilities',
      allow: ['yundun-sas:DescribeImage', 'yundun-sas:DescribeImageInstances'],
    },
    {
      accessKeyId: 'demo-denied-key-id',
      accessKeySecret: 'demo-denied-key-secret',
      user: 'denied',
      deny: ['yundun-sas:*'],
    },
    {
      accessKeyId: 'demo-disabled-key-id',
      accessKeySecret: 'demo-disabled-key-secret',
      user: 'disabled',
      status: 'Inactive',
    },
  ],
  roles: [
    {
      name: 'image-reader',
      allow: ['yundun-sas:Describe*', 'yundun-sas:Get*', 'yundun-sas:List*'],
      maxSessionSeconds: 43_200,
    },
    { name: 'auditor', allow: ['yundun-sas:*'], trust: { users: ['demo'], externalId: 'demo-external-id' } },
  ],
  oidcProviders: [{ name: 'ack-rrsa-demo' }],
  metadata: { role: 'image-reader' },
  registries: [
    {
      registryType: 'acr',
      regionId: 'cn-hangzhou',
      instanceId: 'cri-3xk9v2m7q4wz8d1p',
      domains: {
        internet: ['acme-registry.cn-hangzhou.cr.aliyuncs.com'],
        vpc: ['acme-registry-vpc.cn-hangzhou.cr.aliyuncs.com'],
      },
      repositories: [
        {
          repoId: 'crr-a1c7e9k2m4p6r8t0',
          namespace: 'shop',
          name: 'checkout',
          tags: [
            {
              tag: '1.4.1',
              history: [{ at: '2026-02-11T09:14:05Z', digest: digest('checkout 1.4.1') }],
              scans: [{ startedAt: '2026-02-11T10:00:00Z', vulnerabilities: 3 }],
            },
            {
              tag: '1.4.2',
              history: [{ at: '2026-03-18T14:02:31Z', digest: digest('checkout 1.4.2') }],
              scans: [{ startedAt: '2026-03-18T15:00:00Z' }],
              deployed: true,
            },
            {
              tag: 'latest',
              history: [
                { at: '2026-02-11T09:14:07Z', digest: digest('checkout 1.4.1') },
                { at: '2026-03-18T14:02:33Z', digest: digest('checkout 1.4.2') },
              ],
              scans: [{ startedAt: '2026-03-18T15:00:00Z' }],
            },
          ],
        },
        {
          repoId: 'crr-b2d8f0h3j5l7n9q1',
          namespace: 'shop',
          name: 'storefront',
          tags: [
            {
              tag: '2.9.0',
              history: [{ at: '2026-01-20T08:30:00Z', digest: digest('storefront 2.9.0') }],
              scans: [
                { startedAt: '2026-03-20T02:00:00Z', vulnerabilities: 41, alerts: 1, baselineRisks: 6 },
              ],
              deployed: true,
            },
            {
              tag: '3.0.0-rc.1',
              history: [{ at: '2026-04-02T16:45:12Z', digest: digest('storefront 3.0.0-rc.1') }],
              scans: [{ startedAt: '2026-04-02T17:00:00Z', haltAt: 'CVE_ANALYZER' }],
            },
          ],
        },
        {
          repoId: 'crr-c3e9g1i4k6m8o0s2',
          namespace: 'shop',
          name: 'payments',
          tags: [
            {
              tag: '0.8.0',
              history: [{ at: '2026-03-01T11:00:00Z', digest: digest('payments 0.8.0') }],
              scans: [
                { startedAt: '2026-03-01T12:00:00Z', result: 'FAIL', error: 'TASK_NOT_SUPPORT_REGION' },
              ],
            },
            {
              tag: '0.8.1',
              history: [{ at: '2026-03-09T11:00:00Z', digest: digest('payments 0.8.1') }],
              scans: [{ startedAt: '2026-03-09T12:00:00Z', result: 'TIMEOUT' }],
            },
            {
              tag: '0.9.0',
              history: [{ at: '2026-04-05T07:21:44Z', digest: digest('payments 0.9.0') }],
            },
          ],
        },
        {
          repoId: 'crr-d4f0h2j5l7n9p1t3',
          namespace: 'platform',
          name: 'base-node',
          type: 'public',
          tags: [
            {
              // Pushed again after its scan, so the scan is of an older digest.
              tag: '24-slim',
              history: [
                { at: '2026-02-01T05:00:00Z', digest: digest('base-node 24-slim first') },
                { at: '2026-04-01T05:00:00Z', digest: digest('base-node 24-slim second') },
              ],
              scans: [{ startedAt: '2026-02-01T06:00:00Z', vulnerabilities: 2 }],
            },
            {
              // The inventory does not show the last push yet.
              tag: 'nightly',
              history: [
                { at: '2026-04-03T01:00:00Z', digest: digest('base-node nightly 1') },
                { at: '2026-04-04T01:00:00Z', digest: digest('base-node nightly 2') },
              ],
              scans: [{ startedAt: '2026-04-03T02:00:00Z', baselineRisks: 1 }],
              inventoryAsOf: '2026-04-03T12:00:00Z',
            },
          ],
        },
      ],
    },
    {
      registryType: 'acr',
      regionId: 'cn-shanghai',
      instanceId: 'cri-7bn5c8x1l0qs6f2g',
      domains: {
        internet: ['acme-standby.cn-shanghai.cr.aliyuncs.com'],
        vpc: ['acme-standby-vpc.cn-shanghai.cr.aliyuncs.com'],
      },
      repositories: [
        {
          repoId: 'crr-e5g1i3k6m8o0q2u4',
          namespace: 'shop',
          name: 'checkout',
          tags: [
            {
              // The same namespace/repository:tag as in the first registry, with another digest.
              tag: '1.4.1',
              history: [{ at: '2026-02-12T03:00:00Z', digest: digest('standby checkout 1.4.1') }],
              scans: [{ startedAt: '2026-02-12T04:00:00Z', vulnerabilities: 3 }],
            },
          ],
        },
      ],
    },
    {
      registryType: 'harbor',
      regionId: 'cn-hangzhou',
      instanceId: '39010482',
      domains: { internet: ['harbor.acme.example'] },
      repositories: [
        {
          repoId: 'f2b86d20bf0855af6aa268ce90fd41c7',
          namespace: 'library',
          name: 'nginx',
          type: 'public',
          tags: [
            {
              tag: '1.27.3',
              history: [{ at: '2026-01-05T10:10:10Z', digest: digest('nginx 1.27.3') }],
              scans: [{ startedAt: '2026-01-06T00:00:00Z', vulnerabilities: 7 }],
              deployed: true,
            },
          ],
        },
      ],
    },
    {
      registryType: 'CI/CD',
      regionId: 'cn-hangzhou',
      instanceId: '39010517',
      repositories: [
        {
          repoId: '0c4d1e7fa93b52688e21d07c5b6fa913',
          namespace: 'N/A',
          name: 'batch-report',
          tags: [
            {
              tag: 'build-318',
              history: [{ at: '2026-03-27T18:40:00Z', digest: digest('batch-report build-318') }],
              scans: [{ startedAt: '2026-03-27T18:45:00Z', alerts: 2 }],
            },
          ],
        },
      ],
    },
  ],
};

function digest(name: string): string {
  return createHash('sha256').update(`demo image ${name}`).digest('hex');
}
