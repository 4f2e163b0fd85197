import { createHash } from 'node:crypto';
import {
  demoCredentials,
  type Emulator,
  type Seed,
  type SeedKey,
  type SeedRepository,
  type SeedTag,
} from '@describe-image/emulator';

/** The keys of the two instances in app-config.yaml. The key of `recovery` lacks all permissions. */
export const demoKeys: Readonly<Record<'main' | 'recovery', SeedKey>> = {
  main: { ...demoCredentials, user: 'backstage' },
  recovery: {
    accessKeyId: 'demo-recovery-key-id',
    accessKeySecret: 'demo-recovery-key-secret',
    user: 'backstage-recovery',
    deny: ['yundun-sas:*'],
  },
};

/**
 * The emulator's data for the images in `catalog/entities.yaml`: clean, drifting, risky, outdated, scanning, failed, unscanned and missing
 * images. Times are relative to the start of the emulator.
 */
export const demoSeed: Seed = {
  name: 'backstage-demo',
  keys: Object.values(demoKeys),
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
        repository('shop', 'checkout', [
          clean('1.4.1', '-40d'),
          clean('1.4.2', '-12d', { deployed: true }),
          { ...clean('latest', '-12d'), history: [{ at: '-12d', digest: demoDigest('checkout 1.4.2') }] },
        ]),
        repository('shop', 'checkout-worker', [clean('1.4.2', '-12d', { deployed: true })]),
        repository('shop', 'storefront', [
          {
            ...clean('2.9.0', '-60d'),
            scans: [{ startedAt: '-2d', vulnerabilities: 41, alerts: 1, baselineRisks: 6 }],
            deployed: true,
          },
          clean('3.0.0-rc.1', '-1d'),
        ]),
        repository('shop', 'cart', [
          {
            tag: 'stable',
            history: [
              { at: '-30d', digest: demoDigest('cart stable first') },
              { at: '-2d', digest: demoDigest('cart stable second') },
            ],
            scans: [{ startedAt: '-1d' }],
            deployed: true,
          },
        ]),
        repository('shop', 'search', [
          {
            tag: '3.1',
            history: [
              { at: '-20d', digest: demoDigest('search 3.1 first') },
              { at: '-1d', digest: demoDigest('search 3.1 second') },
            ],
            scans: [{ startedAt: '-19d' }],
            inventoryAsOf: '-3d',
          },
        ]),
        repository('pay', 'payments-api', [{ ...clean('0.9.0', '-3h'), scans: [] }]),
        repository('pay', 'ledger', [
          { ...clean('2.2.0', '-1h'), scans: [{ startedAt: '-20m', haltAt: 'CVE_ANALYZER' }] },
        ]),
        repository('pay', 'fraud-check', [
          {
            ...clean('1.0.3', '-8d'),
            scans: [{ startedAt: '-7d', result: 'FAIL', error: 'TASK_NOT_SUPPORT_REGION' }],
          },
        ]),
        repository('pay', 'refunds', [clean('5.0.1', '-16d')]),
        repository('pay', 'receipts', [{ ...clean('2026.11', '-9d'), inventory: false }]),
        repository('platform', 'envoy', [clean('1.31.4', '-25d', { deployed: true })]),
        repository('platform', 'base-node', [
          {
            tag: '24-slim',
            history: [
              { at: '-50d', digest: demoDigest('base-node 24-slim first') },
              { at: '-4d', digest: demoDigest('base-node 24-slim second') },
            ],
            scans: [{ startedAt: '-49d', vulnerabilities: 2 }],
          },
          ...nightlies(45),
        ]),
        repository('data', 'events-collector', [
          clean('latest', '-6h', { deployed: true }),
          clean('2.3.0', '-6h'),
          clean('2.2.9', '-3d'),
        ]),
        repository('data', 'report-builder', [
          { ...clean('build-318', '-5d'), scans: [{ startedAt: '-4d', alerts: 2 }] },
        ]),
        repository('logistics', 'label-printer', [clean('0.4.0', '-90d', { deployed: true })]),
      ],
    },
    {
      registryType: 'acr',
      regionId: 'cn-shanghai',
      instanceId: 'cri-7bn5c8x1l0qs6f2g',
      domains: { internet: ['acme-standby.cn-shanghai.cr.aliyuncs.com'] },
      repositories: [repository('shop', 'checkout', [clean('1.4.2', '-12d')])],
    },
  ],
};

/** The image whose tag the demo moves every minute. */
export const MOVING_IMAGE = { repository: 'data/events-collector', tag: 'latest' } as const;

/** Pushes a new build of the moving image and starts its scan. */
export function moveTag({ state }: Emulator): void {
  state.push(MOVING_IMAGE);
  state.startScan(MOVING_IMAGE, { step: '2s', vulnerabilities: 0 });
}

function repository(namespace: string, name: string, tags: readonly DemoTag[]): SeedRepository {
  return {
    repoId: `crr-${demoDigest(`repository ${namespace}/${name}`).slice(0, 16)}`,
    namespace,
    name,
    tags: tags.map(({ pushedAt, ...tag }) => ({
      ...tag,
      history: tag.history ?? [{ at: pushedAt ?? '-1d', digest: demoDigest(`${name} ${tag.tag}`) }],
    })),
  };
}

/** A tag. Without a history, it was pushed once, at `pushedAt`. */
type DemoTag = Omit<SeedTag, 'history'> & {
  readonly history?: SeedTag['history'];
  readonly pushedAt?: string;
};

/** A tag that was pushed once; its last scan found nothing. */
function clean(tag: string, pushedAt: string, more: Partial<SeedTag> = {}): DemoTag {
  return { tag, pushedAt, scans: [{ startedAt: '-30m' }], ...more };
}

/** One tag per day, for several pages of tags. */
function nightlies(days: number): DemoTag[] {
  return Array.from({ length: days }, (_, index) => clean(`nightly-${days - index}`, `-${index + 1}d`));
}

/** The digest of a build: 64 hex digits, the same in every run. */
function demoDigest(build: string): string {
  return createHash('sha256').update(`backstage demo ${build}`).digest('hex');
}
