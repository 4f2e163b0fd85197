import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Demo, startDemo } from './demo.mts';

let demo: Demo;

beforeEach(async () => {
  demo = await startDemo();
});
afterEach(() => demo[Symbol.asyncDispose]());

const digestOf = (digit: string) => digit.repeat(64);
const LATEST = { repository: 'shop/checkout', tag: 'latest', regionId: 'cn-hangzhou' };
const REFERENCES = { watch: 'references', references: 'shop/checkout:latest\n\n shop/not-there-yet:1 ' };

describe('Digest Changed', () => {
  const parameters = { ...REFERENCES, events: ['digestChanged'] };

  it('returns nothing on the first poll, then each change once with both digests and times', async () => {
    const { poll } = demo.engine.trigger(parameters);
    expect(await poll()).toBeNull();
    expect(await poll()).toBeNull();
    demo.emulator.state.push(LATEST, digestOf('a'));
    expect(await poll()).toMatchObject([
      {
        event: 'digestChanged',
        image: 'shop/checkout:latest',
        from: expect.stringMatching(/^sha256:/),
        to: `sha256:${digestOf('a')}`,
        digest: `sha256:${digestOf('a')}`,
        fromSince: expect.stringMatching(/Z$/),
        observedAt: expect.stringMatching(/Z$/),
        movedBack: false,
      },
    ]);
    expect(await poll()).toBeNull();
  });

  it('reports a tag that moved back to an earlier digest', async () => {
    const { poll } = demo.engine.trigger(parameters);
    await poll();
    demo.emulator.state.push(LATEST, digestOf('a'));
    const [changed] = (await poll()) ?? [];
    demo.emulator.state.push(LATEST, String(changed?.['from']).slice('sha256:'.length));
    expect(await poll()).toMatchObject([{ movedBack: true, leftAt: changed?.['observedAt'] }]);
  });

  it('reports a change after a failed poll', async () => {
    const { poll } = demo.engine.trigger(parameters);
    await poll();
    demo.emulator.state.push(LATEST, digestOf('a'));
    demo.emulator.faults.add({
      operation: 'DescribeImage',
      times: 1,
      effect: { kind: 'error', code: 'NoPermission', status: 403 },
    });
    await expect(poll()).rejects.toMatchObject({ message: 'The RAM user lacks a permission' });
    expect(await poll()).toMatchObject([{ to: `sha256:${digestOf('a')}` }]);
  });

  it('records a new state without events after the references change', async () => {
    const first = demo.engine.trigger(parameters);
    await first.poll();
    const second = demo.engine.trigger({ ...parameters, references: 'platform/base-node:nightly' });
    Object.assign(second.staticData, first.staticData);
    expect(await second.poll()).toBeNull();
  });

  it('returns existing images on the first poll with Initial Events', async () => {
    const { poll } = demo.engine.trigger({ ...parameters, options: { emitFirst: true } });
    expect(await poll()).toMatchObject([
      { event: 'digestChanged', from: null, to: expect.stringMatching(/^sha256:/) },
    ]);
    expect(await poll()).toBeNull();
  });
});

it('reports a new tag of a repository with its digest', async () => {
  const parameters = { events: ['newTag'], watch: 'repository', repository: 'shop/checkout' };
  const { poll } = demo.engine.trigger(parameters);
  expect(await poll()).toBeNull();
  demo.emulator.state.push({ ...LATEST, tag: '1.5.0' }, digestOf('b'));
  demo.emulator.state.syncInventory();
  expect(await poll()).toMatchObject([
    { event: 'newTag', image: 'shop/checkout:1.5.0', digest: `sha256:${digestOf('b')}` },
  ]);
  expect(await poll()).toBeNull();
});

it('reports a finished scan and an increased risk with the previous result', async () => {
  const parameters = {
    events: ['scanFinished', 'riskIncreased'],
    watch: 'filter',
    filters: { repoNamespace: 'shop', repoName: 'checkout', tag: 'latest' },
  };
  const { poll } = demo.engine.trigger(parameters);
  expect(await poll()).toBeNull();
  demo.emulator.state.startScan(LATEST, { vulnerabilities: 2 });
  demo.emulator.clock.advance(5 * 60_000);
  const events = await poll();
  expect(events).toMatchObject([
    { event: 'scanFinished', risk: { state: 'risky', vulnerabilities: 2 } },
    { event: 'riskIncreased', risk: { vulnerabilities: 2 }, before: { state: 'clean', vulnerabilities: 0 } },
  ]);
  expect(await poll()).toBeNull();
});

it('returns all events in one summary item', async () => {
  const parameters = {
    events: ['digestChanged'],
    watch: 'references',
    references: 'shop/checkout:latest\nshop/storefront:2.9.0',
    options: { output: 'summary' },
  };
  const { poll } = demo.engine.trigger(parameters);
  await poll();
  demo.emulator.state.push(LATEST, digestOf('a'));
  demo.emulator.state.push({ repository: 'shop/storefront', tag: '2.9.0' }, digestOf('b'));
  expect(await poll()).toMatchObject([
    { count: 2, images: ['shop/checkout:latest', 'shop/storefront:2.9.0'], events: [{}, {}] },
  ]);
});

it('returns a sample in a manual run without storing it', async () => {
  const trigger = demo.engine.trigger({ ...REFERENCES, events: ['digestChanged'] });
  expect(await trigger.poll('manual')).toMatchObject([
    { event: 'digestChanged', image: 'shop/checkout:latest' },
  ]);
  expect(trigger.staticData).toEqual({});
});

it('reports the line that is not a reference', async () => {
  const { poll } = demo.engine.trigger({ ...REFERENCES, references: 'Shop', events: ['newTag'] });
  await expect(poll()).rejects.toMatchObject({
    message: 'A value is invalid',
    description: expect.stringContaining('"Shop"'),
  });
});

describe('live checks', () => {
  // The inventory has an earlier digest of the tag nightly until it is synchronised.
  const NIGHTLY = { repository: 'platform/base-node', tag: 'nightly' };
  const parameters = {
    events: ['digestChanged'],
    watch: 'filter',
    filters: { repoNamespace: 'platform', repoName: 'base-node' },
  };
  const described = () => demo.actions().filter((action) => action === 'DescribeImage').length;

  it('report a move that only DescribeImage has, once', async () => {
    const { poll } = demo.engine.trigger(parameters);
    await poll();
    demo.emulator.state.push(NIGHTLY, digestOf('a'));
    expect(await poll()).toMatchObject([
      { image: 'platform/base-node:nightly', to: `sha256:${digestOf('a')}` },
    ]);
    demo.emulator.state.syncInventory();
    expect(await poll()).toBeNull();
  });

  it('ask about another image in each poll within the budget', async () => {
    const { poll } = demo.engine.trigger({ ...parameters, options: { liveChecks: 1 } });
    for (let polls = 0; polls < 2; polls++) await poll();
    expect(described()).toBe(2);
    demo.emulator.state.push(NIGHTLY, digestOf('a'));
    const events = [await poll(), await poll()].flatMap((items) => items ?? []);
    expect(events).toMatchObject([{ image: 'platform/base-node:nightly' }]);
    expect(described()).toBe(4);
  });

  it('are off with a budget of 0', async () => {
    const { poll } = demo.engine.trigger({ ...parameters, options: { liveChecks: 0 } });
    await poll();
    await poll();
    expect(described()).toBe(0);
  });
});

it.each([
  [
    'references',
    {
      watch: 'references',
      references:
        'shop/checkout:latest\nacme-registry.cn-hangzhou.cr.aliyuncs.com/shop/checkout:latest\ncri-3xk9v2m7q4wz8d1p/shop/checkout:latest',
    },
  ],
  ['repositories', { watch: 'repository', repository: 'shop/checkout\ncheckout' }],
])('reports one event for a tag of several %s', async (_, watch) => {
  const parameters = { ...watch, events: ['digestChanged'] };
  const { poll } = demo.engine.trigger(parameters);
  await poll();
  demo.emulator.state.push(LATEST, digestOf('a'));
  demo.emulator.state.syncInventory();
  expect(await poll()).toHaveLength(1);
  const first = demo.engine.trigger({ ...parameters, options: { emitFirst: true } });
  const images = (await first.poll())?.map(({ image, regionId }) => `${regionId} ${image}`) ?? [];
  expect(new Set(images).size).toBe(images.length);
});

it('continues with the state that an earlier version of the node stored', async () => {
  const trigger = demo.engine.trigger({ ...REFERENCES, events: ['digestChanged'] });
  const key = JSON.stringify(['references', ['shop/checkout:latest', 'shop/not-there-yet:1']]);
  const tag = JSON.stringify(['cn-hangzhou', 'cri-3xk9v2m7q4wz8d1p', 'crr-a1c7e9k2m4p6r8t0', 'latest']);
  const seenAt = '2026-01-01T00:00:00.000Z';
  const observed = { digest: `sha256:${digestOf('f')}`, observedAt: seenAt };
  trigger.staticData['watch'] = {
    version: 2,
    watching: key,
    tags: {
      [tag]: {
        digest: observed.digest,
        since: seenAt,
        source: 'DescribeImage',
        observations: { DescribeImage: observed, DescribeImageInstances: observed },
        earlier: [],
        seenAt,
      },
    },
  };
  expect(await trigger.poll()).toMatchObject([{ event: 'digestChanged', from: observed.digest }]);
});
