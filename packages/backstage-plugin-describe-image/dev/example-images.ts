import {
  type ImageFailure,
  type ImageReport,
  type ImageRisk,
  imageState,
} from '@describe-image/backstage-plugin-describe-image-common';

const HOST = 'acme-registry.cn-hangzhou.cr.aliyuncs.com';

/** A digest with the given first hex digits. */
export function exampleDigest(beginning: string): string {
  return `sha256:${beginning.padEnd(64, '0123456789abcdef')}`;
}

/** The time a number of minutes ago. */
export function minutesAgo(minutes: number): string {
  return new Date(Date.now() - minutes * 60_000).toISOString();
}

function observation(beginning: string, source: 'DescribeImage' | 'DescribeImageInstances', minutes: number) {
  return {
    digest: exampleDigest(beginning),
    source,
    observedAt: minutesAgo(minutes),
    requestId: '7B4D9A52-2F1C-5E0B-9C53-1D8A3E6F4B70',
  };
}

function risk(state: ImageRisk['state'], reason: string, counts: Partial<ImageRisk> = {}): ImageRisk {
  return { state, reason, ...counts };
}

function image(path: string, tag: string, rest: Partial<ImageReport>): ImageReport {
  const repository = `${HOST}/${path}`;
  const digest = rest.live?.digest ?? rest.scanned?.digest;
  const report = {
    id: `${path}:${tag}`,
    key: `${repository}:${tag}`,
    instance: 'production',
    repository,
    tag,
    drift: 'agree' as const,
    fromCache: false,
    consoleUrl: 'https://yundun.console.aliyun.com/?p=sas#/image',
    ...(digest === undefined ? {} : { pinned: `${repository}:${tag}@${digest}` }),
    ...(rest.live && {
      liveCheck: {
        result: 'answered' as const,
        checkedAt: rest.live.observedAt,
        validUntil: new Date(Date.parse(rest.live.observedAt) + 24 * 60 * 60_000).toISOString(),
      },
    }),
    ...rest,
  };
  return { ...report, state: imageState(report, Date.now()) };
}

const permissionFailure: ImageFailure = {
  kind: 'permission',
  message: 'DescribeImage: permission denied, missing RAM action yundun-sas:DescribeImage',
  remedy: 'Attach a policy that allows yundun-sas:DescribeImage to the RAM user',
  apiCode: 'NoPermission',
  requestId: '0C1E4A8E-8F67-5D0B-A1F4-2B9D5C7E6F31',
  observedAt: minutesAgo(2),
  ramAction: 'yundun-sas:DescribeImage',
  policy: {
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: ['yundun-sas:DescribeImage'], Resource: '*' }],
  },
};

/** Images in every state. */
export const exampleImages = {
  clean: image('shop/checkout', '1.4.2', {
    label: 'web',
    declared: exampleDigest('c1ea'),
    live: observation('c1ea', 'DescribeImage', 3),
    scanned: observation('c1ea', 'DescribeImageInstances', 40),
    risk: risk('clean', 'the last scan found no risks', {
      vulnerabilities: 0,
      alerts: 0,
      baselineRisks: 0,
    }),
  }),
  drifting: image('shop/cart', 'stable', {
    label: 'cart',
    drift: 'drift',
    declared: exampleDigest('dec1'),
    live: observation('11fe', 'DescribeImage', 1),
    scanned: observation('5ca2', 'DescribeImageInstances', 90),
    risk: risk('stale', 'the scanned digest is not the live digest', { vulnerabilities: 2 }),
    lastMove: {
      id: 'move-1',
      from: exampleDigest('5ca2'),
      to: exampleDigest('11fe'),
      observedAt: minutesAgo(12),
      movedBack: true,
    },
  }),
  risky: image('shop/legacy-billing', '0.9', {
    live: observation('4157', 'DescribeImage', 6),
    scanned: observation('4157', 'DescribeImageInstances', 60),
    risk: risk('risky', 'the last scan found risks', {
      vulnerabilities: 37,
      alerts: 1,
      baselineRisks: 4,
    }),
  }),
  unscanned: image('search/indexer', '2026.11', {
    drift: 'unknown',
    live: observation('0a5c', 'DescribeImage', 200),
    risk: risk('unknown', 'Security Center has not scanned it'),
    fromCache: true,
  }),
  scanning: image('search/api', '3.0.0', {
    live: observation('5ca0', 'DescribeImage', 1),
    scanned: observation('5ca0', 'DescribeImageInstances', 1),
    risk: risk('scanning', 'a scan is running'),
  }),
  scanFailed: image('search/crawler', '3.0.1', {
    live: observation('fa11', 'DescribeImage', 1),
    scanned: observation('fa11', 'DescribeImageInstances', 1),
    risk: risk('failed', 'the last scan failed'),
  }),
  runningOld: image('search/gateway', '2.0', {
    drift: 'drift',
    declared: exampleDigest('9a7e'),
    live: observation('9a7e', 'DescribeImage', 2),
    scanned: observation('9a7e', 'DescribeImageInstances', 50),
    running: {
      state: 'running',
      observedAt: minutesAgo(1),
      digests: [
        {
          digest: exampleDigest('01d0'),
          since: minutesAgo(4_000),
          containers: 2,
          places: [
            { cluster: 'production', namespace: 'search', pod: 'gateway-7d9f', container: 'gateway' },
            { cluster: 'production', namespace: 'search', pod: 'gateway-8c4a', container: 'gateway' },
          ],
        },
        { digest: exampleDigest('9a7e'), since: minutesAgo(30), containers: 1 },
      ],
    },
    risk: risk('clean', 'the last scan found no risks'),
  }),
  outdated: image('search/ranker', 'nightly-20261124-3f9c2ab81d7e', {
    live: observation('0d00', 'DescribeImage', 2),
    scanned: observation('0d00', 'DescribeImageInstances', 50),
    risk: risk('stale', 'the image changed after the scan', { vulnerabilities: 3 }),
  }),
  unverified: image('search/suggest', '3.1.0', {
    drift: 'unknown',
    scanned: observation('5099', 'DescribeImageInstances', 30),
    risk: risk('clean', 'the last scan found no risks', { vulnerabilities: 0 }),
    liveCheck: { result: 'not-asked' },
  }),
  missing: image('search/legacy', '1.0', {
    drift: 'unknown',
    scanned: observation('9155', 'DescribeImageInstances', 30),
    risk: risk('clean', 'the last scan found no risks'),
    liveCheck: { result: 'no-digest', checkedAt: minutesAgo(3) },
  }),
  failing: image('data/exporter', 'latest', { drift: 'unknown', failure: permissionFailure }),
  failingButKnown: image('data/importer', 'latest', {
    drift: 'unknown',
    scanned: observation('0b1d', 'DescribeImageInstances', 2_900),
    failure: {
      kind: 'throttled',
      message: 'DescribeImage: request rate exceeds the limit of the account',
      remedy: 'No action required: the back end retries',
      apiCode: 'Throttling.User',
      requestId: '5F0E7F0B-0C8B-5B39-8C63-90B0C5B0D7A2',
      observedAt: minutesAgo(1),
      retryAfterMs: 30_000,
    },
  }),
} as const satisfies Record<string, ImageReport>;
