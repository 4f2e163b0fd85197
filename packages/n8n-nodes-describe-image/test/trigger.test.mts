import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Demo, startDemo } from './demo.mts';

let demo: Demo;

beforeEach(async () => {
  demo = await startDemo();
});
afterEach(() => demo[Symbol.asyncDispose]());

const DIGEST = (letter: string) => letter.repeat(64);
const LATEST = { repository: 'shop/checkout', tag: 'latest', regionId: 'cn-hangzhou' };
const REFERENCES = { watch: 'references', references: 'shop/checkout:latest\n\n shop/not-there-yet:1 ' };

describe('Digest Changed', () => {
  const parameters = { ...REFERENCES, events: ['digestChanged'] };

  it('is silent at first, then tells old and new with times, each change once', async () => {
    const { poll } = demo.engine.trigger(parameters);
    expect(await poll()).toBeNull();
    expect(await poll()).toBeNull();
    demo.emulator.state.push(LATEST, DIGEST('a'));
    expect(await poll()).toMatchObject([
      {
        event: 'digestChanged',
        image: 'shop/checkout:latest',
        from: expect.stringMatching(/^sha256:/),
        to: `sha256:${DIGEST('a')}`,
        digest: `sha256:${DIGEST('a')}`,
        fromSince: expect.stringMatching(/Z$/),
        observedAt: expect.stringMatching(/Z$/),
        movedBack: false,
      },
    ]);
    expect(await poll()).toBeNull();
  });

  it('recognises a tag that was moved back', async () => {
    const { poll } = demo.engine.trigger(parameters);
    await poll();
    demo.emulator.state.push(LATEST, DIGEST('a'));
    const [changed] = (await poll()) ?? [];
    demo.emulator.state.push(LATEST, String(changed?.['from']).slice('sha256:'.length));
    expect(await poll()).toMatchObject([{ movedBack: true, leftAt: changed?.['observedAt'] }]);
  });

  it('loses nothing when a poll fails in between', async () => {
    const { poll } = demo.engine.trigger(parameters);
    await poll();
    demo.emulator.state.push(LATEST, DIGEST('a'));
    demo.emulator.faults.add({
      operation: 'DescribeImage',
      times: 1,
      effect: { kind: 'error', code: 'NoPermission', status: 403 },
    });
    await expect(poll()).rejects.toMatchObject({ message: 'The RAM user is not allowed to do this' });
    expect(await poll()).toMatchObject([{ to: `sha256:${DIGEST('a')}` }]);
  });

  it('begins anew, silently, when something else is watched', async () => {
    const first = demo.engine.trigger(parameters);
    await first.poll();
    const second = demo.engine.trigger({ ...parameters, references: 'platform/base-node:nightly' });
    Object.assign(second.memory, first.memory);
    expect(await second.poll()).toBeNull();
  });

  it('reports what is there on the first run when asked to', async () => {
    const { poll } = demo.engine.trigger({ ...parameters, options: { emitFirst: true } });
    expect(await poll()).toMatchObject([
      { event: 'digestChanged', from: null, to: expect.stringMatching(/^sha256:/) },
    ]);
    expect(await poll()).toBeNull();
  });
});

it('New Tag tells a tag that appeared in a repository, with its digest', async () => {
  const parameters = { events: ['newTag'], watch: 'repository', repository: 'shop/checkout' };
  const { poll } = demo.engine.trigger(parameters);
  expect(await poll()).toBeNull();
  demo.emulator.state.push({ ...LATEST, tag: '1.5.0' }, DIGEST('b'));
  demo.emulator.state.syncInventory();
  expect(await poll()).toMatchObject([
    { event: 'newTag', image: 'shop/checkout:1.5.0', digest: `sha256:${DIGEST('b')}` },
  ]);
  expect(await poll()).toBeNull();
});

it('Scan Finished and Risk Increased tell what a scan found, and what was known before', async () => {
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

it('puts all changes into one item when asked for a summary', async () => {
  const parameters = {
    events: ['digestChanged'],
    watch: 'references',
    references: 'shop/checkout:latest\nshop/storefront:2.9.0',
    options: { output: 'summary' },
  };
  const { poll } = demo.engine.trigger(parameters);
  await poll();
  demo.emulator.state.push(LATEST, DIGEST('a'));
  demo.emulator.state.push({ repository: 'shop/storefront', tag: '2.9.0' }, DIGEST('b'));
  expect(await poll()).toMatchObject([
    { count: 2, images: ['shop/checkout:latest', 'shop/storefront:2.9.0'], events: [{}, {}] },
  ]);
});

it('shows a sample in a manual run, and remembers nothing of it', async () => {
  const trigger = demo.engine.trigger({ ...REFERENCES, events: ['digestChanged'] });
  expect(await trigger.poll('manual')).toMatchObject([
    { event: 'digestChanged', image: 'shop/checkout:latest' },
  ]);
  expect(trigger.memory).toEqual({});
});

it('names the line that is no reference', async () => {
  const { poll } = demo.engine.trigger({ ...REFERENCES, references: 'Shop', events: ['newTag'] });
  await expect(poll()).rejects.toMatchObject({
    message: 'A value cannot be used',
    description: expect.stringContaining('"Shop"'),
  });
});
