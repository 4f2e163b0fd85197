import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Demo, ids, reference, startDemo } from './demo.mts';

let demo: Demo;

beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo[Symbol.asyncDispose]());
beforeEach(() => demo.emulator.reset());

async function runOne(parameters: Parameters<Demo['engine']['run']>[0]) {
  const { error, outputs } = await demo.engine.run(parameters);
  if (error !== undefined) throw error;
  expect(outputs[0]).toHaveLength(1);
  return outputs[0]?.[0]?.json ?? {};
}

describe('Get Digest', () => {
  it('returns the digest, the agreement of both sources and the pinned reference', async () => {
    const json = await runOne({ operation: 'get', ...reference('shop/checkout:1.4.2') });
    expect(json).toEqual({
      reference: 'shop/checkout:1.4.2',
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      pinned: `acme-registry.cn-hangzhou.cr.aliyuncs.com/shop/checkout:1.4.2@${json['digest']}`,
      repository: 'shop/checkout',
      tag: '1.4.2',
      source: 'DescribeImage',
      sourcesAgree: true,
      observedAt: expect.stringMatching(/Z$/),
      requestId: demo.emulator.requests.at(-1)?.requestId,
    });
  });

  it('resolves IDs with one call', async () => {
    const byReference = await runOne({ operation: 'get', ...reference('shop/checkout:1.4.2') });
    demo.emulator.reset();
    const byIds = await runOne({ operation: 'get', ...ids('1.4.2') });
    expect(byIds['digest']).toBe(byReference['digest']);
    expect(demo.actions()).toEqual(['DescribeImage']);
  });

  it('reports that the inventory has an older digest', async () => {
    const json = await runOne({ operation: 'get', ...reference('platform/base-node:nightly') });
    expect(json).toMatchObject({ source: 'DescribeImage', sourcesAgree: false });
  });

  it('returns all fields with Simplify off', async () => {
    const json = await runOne({ operation: 'get', simplify: false, ...reference('shop/checkout:1.4.2') });
    expect(json).toMatchObject({
      liveCheck: 'answered',
      sources: [{ source: 'DescribeImageInstances' }, { source: 'DescribeImage' }],
      image: { repoName: 'checkout', raw: { RepoName: 'checkout' } },
    });
  });
});

describe('Get Many', () => {
  it('returns the newest images first, up to the limit, with ten fields each', async () => {
    const { outputs } = await demo.engine.run({ operation: 'getAll', limit: 3 });
    const times = outputs[0]?.map(({ json }) => Date.parse(String(json['imageUpdate']))) ?? [];
    expect(times).toHaveLength(3);
    expect(times).toEqual([...times].sort((a, b) => b - a));
    expect(Object.keys(outputs[0]?.[0]?.json ?? {})).toHaveLength(10);
  });

  it('returns all matching images for each input item', async () => {
    const filters = { repoNamespace: 'shop', repoName: 'checkout', regionId: 'cn-hangzhou' };
    const { outputs } = await demo.engine.run({ operation: 'getAll', returnAll: true, filters }, [{}, {}]);
    expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(
      [0, 0, 0, 1, 1, 1].map((item) => ({ item })),
    );
    expect(new Set(outputs[0]?.map(({ json }) => json['repository']))).toEqual(new Set(['shop/checkout']));
  });

  it('filters by risk and by scan', async () => {
    const { outputs } = await demo.engine.run({
      operation: 'getAll',
      returnAll: true,
      filters: { riskStatus: 'YES', scanned: true },
    });
    expect(outputs[0]?.length).toBeGreaterThan(0);
    for (const { json } of outputs[0] ?? []) expect(json['riskState']).toMatch(/risky|stale/);
  });
});

describe('Get Risk', () => {
  it.each([
    ['clean', 'shop/checkout:1.4.2'],
    ['risky', 'shop/storefront:2.9.0'],
    ['scanning', 'shop/storefront:3.0.0-rc.1'],
    ['failed', 'shop/payments:0.8.0'],
    ['unknown', 'shop/payments:0.9.0'],
    ['stale', 'platform/base-node:24-slim'],
    ['stale', 'platform/base-node:nightly'],
  ])('returns the state %s for %s', async (state, image) => {
    const json = await runOne({ operation: 'getRisk', ...reference(image) });
    expect(json).toMatchObject({ state, clean: state === 'clean', reason: expect.stringMatching(/\w/) });
  });

  it('returns counts, and null for unknown counts', async () => {
    expect(await runOne({ operation: 'getRisk', ...reference('shop/storefront:2.9.0') })).toMatchObject({
      vulnerabilities: 41,
      alerts: 1,
      baselineRisks: 6,
    });
    expect(await runOne({ operation: 'getRisk', ...reference('shop/payments:0.9.0') })).toMatchObject({
      vulnerabilities: null,
      lastScanTime: null,
    });
  });

  it('returns the risk of an image given by IDs', async () => {
    const json = await runOne({ operation: 'getRisk', ...ids('1.4.1') });
    expect(json).toMatchObject({ state: 'risky', vulnerabilities: 3 });
  });
});

describe('Find Tags by Digest', () => {
  it('finds all tags of a digest without prefix and in upper case', async () => {
    const { digest } = await runOne({ operation: 'get', ...ids('1.4.2') });
    const bare = String(digest).slice('sha256:'.length).toUpperCase();
    const json = await runOne({ operation: 'findTags', digest: bare });
    expect(json).toMatchObject({ digest, found: true, tags: expect.arrayContaining(['1.4.2', 'latest']) });
    expect(json['images']).toHaveLength(2);
  });

  it('returns an item for a digest without tags', async () => {
    expect(await runOne({ operation: 'findTags', digest: 'f'.repeat(64) })).toMatchObject({
      found: false,
      tags: [],
    });
  });
});

describe('Verify', () => {
  const other = `sha256:${'0'.repeat(64)}`;

  it('returns match, drift and missing as an outcome and as booleans', async () => {
    const { digest } = await runOne({ operation: 'get', ...ids('1.4.2') });
    const verify = (parameters: object, expectedDigest: unknown) =>
      runOne({ operation: 'verify', expectedDigest: String(expectedDigest), ...parameters });
    expect(await verify(ids('1.4.2'), digest)).toMatchObject({
      outcome: 'match',
      matches: true,
      drifted: false,
      missing: false,
    });
    expect(await verify(reference('shop/checkout:1.4.2'), other)).toMatchObject({
      outcome: 'drift',
      drifted: true,
      expected: other,
      actual: digest,
    });
    expect(await verify(ids('no-such-tag'), digest)).toMatchObject({
      outcome: 'missing',
      missing: true,
      actual: null,
      requestId: expect.any(String),
    });
  });

  it('reads the expected digest from the reference', async () => {
    const image = `shop/checkout:1.4.2@${other}`;
    expect(await runOne({ operation: 'verify', ...reference(image) })).toMatchObject({ outcome: 'drift' });
  });
});
