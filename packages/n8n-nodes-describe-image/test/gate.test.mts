import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CHECKOUT, type Demo, ids, reference, startDemo } from './demo.mts';

let demo: Demo;

beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo[Symbol.asyncDispose]());
afterEach(() => {
  demo.emulator.reset();
  demo.emulator.state.reset();
});

const CLEAN = 'shop/checkout:1.4.2';
const LATEST = { repository: 'shop/checkout', tag: 'latest', regionId: 'cn-hangzhou' };
const NIGHTLY = { repository: 'platform/base-node', tag: 'nightly' };
const OTHER = `sha256:${'0'.repeat(64)}`;

/** Runs one item with two outputs and returns its output and JSON. */
async function judge(parameters: Parameters<Demo['engine']['run']>[0]) {
  const { error, outputs } = await demo.engine.run({ gate: 'outputs', ...parameters });
  if (error !== undefined) throw error;
  expect(outputs.flat()).toHaveLength(1);
  const [pass, block] = outputs;
  return { isPassed: pass?.length === 1, json: (pass?.[0] ?? block?.[0])?.json ?? {} };
}

describe('the outputs of the node', () => {
  it.each([
    ['get', 'outputs', ['Pass', 'Block']],
    ['getRisk', 'outputs', ['Pass', 'Block']],
    ['verify', 'outputs', ['Pass', 'Block']],
    ['verify', 'error', [undefined]],
    ['getAll', 'outputs', [undefined]],
  ])('for %s with the gate %s are %o', (operation, gate, names) => {
    const { outputs } = demo.engine.open('describeImage', { resource: 'image', operation, gate });
    expect(outputs.map((output) => (typeof output === 'string' ? output : output.displayName))).toEqual(
      names,
    );
  });
});

describe('a gate on Get Digest', () => {
  it('passes a live digest and leads with the pinned reference', async () => {
    const { isPassed, json } = await judge({ operation: 'get', ...reference(CLEAN) });
    expect(isPassed).toBe(true);
    expect(Object.keys(json).slice(0, 4)).toEqual(['pinned', 'digest', 'state', 'gate']);
    expect(json).toMatchObject({ gate: 'pass', blockedBy: null, blockReason: null, state: 'live' });
  });

  it('blocks a last known digest and returns all its fields', async () => {
    demo.emulator.state.deleteTag(NIGHTLY);
    const parameters = {
      operation: 'get',
      ...reference('platform/base-node:nightly'),
      options: { allowLastKnown: true },
    };
    expect(await judge(parameters)).toMatchObject({
      isPassed: false,
      json: {
        gate: 'block',
        blockedBy: 'requireLive',
        blockReason: expect.stringContaining('DescribeImage has no digest for this tag'),
        state: 'last-known',
        digest: expect.stringMatching(/^sha256:/),
        tag: 'nightly',
      },
    });
    expect(await judge({ ...parameters, requireLive: false })).toMatchObject({ isPassed: true });
  });

  it('reads the answers for the blocked item without further requests', async () => {
    demo.emulator.state.push(LATEST, 'c'.repeat(64));
    const parameters = { operation: 'get', ...reference('shop/checkout:latest'), requireScanned: true };
    const { json } = await judge(parameters);
    expect(json).toMatchObject({ blockedBy: 'requireScanned', digest: `sha256:${'c'.repeat(64)}` });
    expect(demo.actions()).toEqual(['DescribeImageInstances', 'DescribeImage']);
  });

  it.each([
    ['a deleted tag', reference('platform/base-node:nightly'), 'missing'],
    ['an image that does not exist', reference('shop/nothing:1'), 'unknown'],
    ['IDs of a tag that does not exist', ids('no-such-tag'), 'unknown'],
  ])('blocks %s', async (_, image, state) => {
    demo.emulator.state.deleteTag(NIGHTLY);
    expect(await judge({ operation: 'get', ...image, requireLive: false })).toMatchObject({
      isPassed: false,
      json: { pinned: null, digest: null, state, gate: 'block', blockedBy: 'notFound' },
    });
  });

  it('blocks different digests of the sources with Mismatch', async () => {
    const parameters = { operation: 'get', ...reference('platform/base-node:nightly') };
    expect(await judge({ ...parameters, failWhen: ['mismatch'] })).toMatchObject({
      isPassed: false,
      json: { blockedBy: 'mismatch', blockReason: expect.stringContaining('DescribeImageInstances sha256:') },
    });
    expect(await judge(parameters)).toMatchObject({ isPassed: true });
  });
});

describe.each(['get', 'getRisk', 'verify'])('the risk conditions of %s', (operation) => {
  it.each([
    ['clean', CLEAN, [true, true, true]],
    ['risky', 'shop/storefront:2.9.0', [true, true, false]],
    ['stale', 'platform/base-node:24-slim', [true, false, false]],
    ['scanning', 'shop/storefront:3.0.0-rc.1', [false, false, false]],
    ['failed', 'shop/payments:0.8.0', [false, false, false]],
    ['unknown', 'shop/payments:0.9.0', [false, false, false]],
  ])('pass Unknown, Stale and Risky of a %s image as listed', async (_, image, expected) => {
    const passed: boolean[] = [];
    for (const condition of ['unknown', 'stale', 'risky']) {
      const parameters = { operation, ...reference(image), expectedDigest: OTHER };
      const { isPassed, json } = await judge({ ...parameters, failWhen: [condition] });
      expect(json['gate']).toBe(isPassed ? 'pass' : 'block');
      passed.push(isPassed);
    }
    expect(passed).toEqual(expected);
  });
});

describe('a gate on Get Risk', () => {
  it('passes only a clean image by default', async () => {
    expect(await judge({ operation: 'getRisk', ...ids('1.4.2') })).toMatchObject({
      isPassed: true,
      json: { pinned: expect.stringContaining('shop/checkout:1.4.2@sha256:'), state: 'clean' },
    });
    expect(await judge({ operation: 'getRisk', ...ids('1.4.1') })).toMatchObject({
      isPassed: false,
      json: { state: 'risky', blockedBy: 'risky', vulnerabilities: 3 },
    });
  });

  it('blocks a deleted tag with every option off', async () => {
    demo.emulator.state.deleteTag(NIGHTLY);
    const parameters = { operation: 'getRisk', ...reference('platform/base-node:nightly') };
    expect(await judge({ ...parameters, requireLive: false, failWhen: [] })).toMatchObject({
      isPassed: false,
      json: { blockedBy: 'notFound', digestState: 'missing' },
    });
  });
});

describe('a gate on Verify', () => {
  it.each([
    ['the expected digest', CLEAN, undefined, true],
    ['another digest', CLEAN, 'mismatch', false],
    ['no digest', 'platform/base-node:nightly', 'notFound', false],
    ['no row', 'shop/nothing:1', 'notFound', false],
  ])('handles a tag with %s', async (_, image, blockedBy, isPassed) => {
    const { digest } = (await judge({ operation: 'get', ...reference(CLEAN) })).json;
    demo.emulator.state.deleteTag(NIGHTLY);
    const expectedDigest = blockedBy === 'mismatch' ? OTHER : String(digest);
    const judged = await judge({ operation: 'verify', ...reference(image), expectedDigest });
    expect(judged).toMatchObject({ isPassed, json: { blockedBy: blockedBy ?? null } });
  });
});

describe('a blocked item without outputs', () => {
  it('is an error that names the image and the reason', async () => {
    const parameters = { operation: 'getRisk', ...reference('shop/storefront:2.9.0'), gate: 'error' };
    const { error } = await demo.engine.run(parameters);
    expect(error).toMatchObject({
      message: 'The image does not pass the gate',
      description: expect.stringMatching(
        /shop\/storefront:2\.9\.0: the scan found risks.*request ID [0-9A-F-]{36}/,
      ),
      context: { itemIndex: 0 },
    });
    const { outputs } = await demo.engine.run(parameters, [{}], { onError: 'continueRegularOutput' });
    expect(outputs[0]?.[0]?.json).toMatchObject({ details: { code: 'Blocked', blockedBy: 'risky' } });
  });

  it('passes an item with the fields of an item without a gate', async () => {
    const parameters = { operation: 'getRisk', ...reference(CLEAN) };
    const gated = await demo.engine.run({ ...parameters, gate: 'error' });
    const plain = await demo.engine.run(parameters);
    const fields = (run: typeof plain) => Object.keys(run.outputs[0]?.[0]?.json ?? {});
    expect(fields(gated)).toEqual(fields(plain));
  });
});

describe('an item that cannot be checked', () => {
  const options = { concurrency: 1 };
  const parameters = { operation: 'get', ...ids('={{ $json.tag }}'), gate: 'outputs', options };
  const items = [{ tag: '1.4.2' }, { tag: 'broken' }];
  const unreadable = { kind: 'response', status: 200, headers: {}, body: '<html>' } as const;

  it.each([
    ['continueRegularOutput', [1, 1]],
    ['continueErrorOutput', [1, 0, 1]],
  ] as const)('never passes with %s', async (onError, lengths) => {
    demo.emulator.state.push({ ...CHECKOUT, tag: 'broken' });
    demo.emulator.faults.add({ operation: 'DescribeImage', skip: 1, effect: unreadable });
    const { error, outputs } = await demo.engine.run(parameters, items, { onError });
    expect(error).toBeUndefined();
    expect(outputs.map(({ length }) => length)).toEqual(lengths);
    expect(outputs[0]?.[0]?.json).toMatchObject({ gate: 'pass', tag: '1.4.2' });
    expect(outputs.at(-1)?.[0]?.json).toMatchObject({
      error: 'Security Center returned an invalid response',
      details: { code: 'Service' },
    });
  });

  it('stops the run by default', async () => {
    demo.emulator.faults.add({ operation: 'DescribeImage', effect: unreadable });
    const { error } = await demo.engine.run(parameters, items);
    expect(error?.message).toBe('Security Center returned an invalid response');
  });
});

it('rejects Always Output Data, which would send an empty item to Pass', async () => {
  const parameters = { operation: 'get', ...reference('shop/nothing:1'), gate: 'outputs' };
  const { error } = await demo.engine.run(parameters, [{}], { alwaysOutputData: true });
  expect(error?.message).toContain('Always Output Data');
});

it('returns blocked items to an AI agent, which reads the first output only', async () => {
  const parameters = { operation: 'getRisk', ...reference('shop/storefront:2.9.0'), gate: 'outputs' };
  const type = '@describe-image/n8n-nodes-describe-image.describeImageTool';
  const { outputs } = await demo.engine.run(parameters, [{}], { type });
  expect(outputs[0]?.[0]?.json).toMatchObject({ gate: 'block', blockedBy: 'risky' });
});
