import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CHECKOUT, type Demo, ids, reference, startDemo } from './demo.mts';

const REGISTRY = 'acme-registry.cn-hangzhou.cr.aliyuncs.com';
const LATEST = { repository: 'shop/checkout', tag: 'latest', regionId: 'cn-hangzhou' };
/** DescribeImage accepts only ids of Container Registry. */
const HARBOR = 'harbor.acme.example/library/nginx:1.27.3';
const LATEST_REFERENCE = reference('shop/checkout:latest');

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
    expect(Object.keys(json).slice(0, 3)).toEqual(['pinned', 'digest', 'state']);
    expect(json).toEqual({
      reference: 'shop/checkout:1.4.2',
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      pinned: `${REGISTRY}/shop/checkout:1.4.2@${json['digest']}`,
      repository: 'shop/checkout',
      tag: '1.4.2',
      state: 'live',
      liveCheck: 'answered',
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
    expect(byIds).toMatchObject({
      digest: byReference['digest'],
      state: 'live',
      liveCheck: 'answered',
    });
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

describe('a tag that was deleted from the registry and is still in the inventory', () => {
  const NIGHTLY = { repository: 'platform/base-node', tag: 'nightly' };
  const deleted = reference('platform/base-node:nightly');
  let inventoryDigest: string;

  beforeEach(() => {
    inventoryDigest = demo.emulator.state.deleteTag(NIGHTLY).inventoryDigest ?? '';
  });
  afterEach(() => demo.emulator.state.reset());

  it('is not found by Get Digest, with the last known digest in the description', async () => {
    const { error } = await demo.engine.run({ operation: 'get', ...deleted });
    expect(error).toMatchObject({
      message: 'Security Center has no such image',
      description: expect.stringMatching(/no digest for this tag.*sha256:[0-9a-f]{64}/),
    });
  });

  it('is returned by Get Digest with Allow Last Known Digest', async () => {
    const options = { allowLastKnown: true };
    expect(await runOne({ operation: 'get', ...deleted, options })).toMatchObject({
      digest: `sha256:${inventoryDigest}`,
      state: 'last-known',
      liveCheck: 'no-digest',
      source: 'DescribeImageInstances',
    });
  });

  it.each([
    ['a reference', deleted],
    ['IDs', ids('nightly', { ...CHECKOUT, repoId: 'crr-d4f0h2j5l7n9p1t3' })],
  ])('is missing for Verify by %s, even if the inventory has the expected digest', async (_, image) => {
    const json = await runOne({ operation: 'verify', expectedDigest: inventoryDigest, ...image });
    expect(json).toMatchObject({
      outcome: 'missing',
      state: 'missing',
      liveCheck: 'no-digest',
      actual: null,
    });
  });

  it('is never clean for Get Risk', async () => {
    expect(await runOne({ operation: 'getRisk', ...deleted })).toMatchObject({
      state: 'stale',
      clean: false,
      digest: null,
      digestState: 'missing',
      liveCheck: 'no-digest',
    });
  });

  it('fails with a gate', async () => {
    const options = { allowLastKnown: true };
    const { error } = await demo.engine.run({ operation: 'get', ...deleted, options, gate: 'error' });
    expect(error).toMatchObject({ message: 'The digest does not meet a requirement' });
  });
});

describe('Require Scan of This Digest', () => {
  const gate = { gate: 'error', requireScanned: true };

  it.each([
    ['a reference', reference('shop/checkout:1.4.2')],
    ['IDs', ids('1.4.2')],
  ])('accepts a scanned image by %s', async (_, image) => {
    expect(await runOne({ operation: 'get', ...image, ...gate })).toHaveProperty('digest');
  });

  it.each([
    ['get', 'a reference', LATEST_REFERENCE],
    ['get', 'IDs', ids('latest')],
    ['getRisk', 'a reference', LATEST_REFERENCE],
    ['getRisk', 'IDs', ids('latest')],
    ['verify', 'a reference', LATEST_REFERENCE],
    ['verify', 'IDs', ids('latest')],
  ])('rejects an unscanned digest in %s by %s', async (operation, _, image) => {
    demo.emulator.state.push(LATEST, 'c'.repeat(64));
    const expectedDigest = 'c'.repeat(64);
    const { error } = await demo.engine.run({ operation, ...image, expectedDigest, ...gate });
    demo.emulator.state.reset();
    expect(error).toMatchObject({
      message: 'The digest does not meet a requirement',
      description: expect.stringContaining('no scan of exactly this digest'),
    });
  });
});

describe('Get Many', () => {
  it('returns the newest images first, up to the limit, with eleven fields each', async () => {
    const { outputs } = await demo.engine.run({ operation: 'getAll', limit: 3 });
    const times = outputs[0]?.map(({ json }) => Date.parse(String(json['imageUpdate']))) ?? [];
    expect(times).toHaveLength(3);
    expect(times).toEqual([...times].sort((a, b) => b - a));
    expect(Object.keys(outputs[0]?.[0]?.json ?? {})).toHaveLength(11);
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

describe('the hints above the output', () => {
  it.each([
    [
      'an empty list',
      { operation: 'getAll', filters: { repoName: 'nothing' } },
      'No image matches the filters.',
    ],
    ['a digest without tags', { operation: 'findTags', digest: 'f'.repeat(64) }, '1 digest has no tag'],
    ['a last known digest', { operation: 'get', ...reference(HARBOR) }, '1 digest is only last known'],
    ['a last known digest of Get Risk', { operation: 'getRisk', ...reference(HARBOR) }, '1 digest is only'],
  ])('explain %s', async (_, parameters, text) => {
    const { hints } = await demo.engine.run(parameters);
    expect(hints).toEqual([expect.stringContaining(text)]);
  });

  it('are absent for a live digest', async () => {
    expect((await demo.engine.run({ operation: 'get', ...ids('1.4.2') })).hints).toEqual([]);
  });
});
