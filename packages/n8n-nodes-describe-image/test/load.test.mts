import { afterAll, beforeAll, expect, it } from 'vitest';
import { CHECKOUT, type Demo, ids, startDemo } from './demo.mts';

const ITEMS = 10_000;
/** Every tenth item has a tag that does not exist. */
const isBad = (index: number) => index % 10 === 9;

let demo: Demo;

beforeAll(async () => {
  const tags = Array.from({ length: ITEMS }, (_, index) => index)
    .filter((index) => !isBad(index))
    .map((index) => ({
      tag: `t${index}`,
      history: [{ at: '2026-01-01T00:00:00Z', digest: index.toString(16).padStart(64, '0') }],
    }));
  const repositories = [{ repoId: CHECKOUT.repoId, namespace: 'shop', name: 'checkout', tags }];
  const { regionId, instanceId } = CHECKOUT;
  const keys = [{ accessKeyId: 'demo-access-key-id', accessKeySecret: 'demo-access-key-secret' }];
  demo = await startDemo(
    {},
    { seed: { registries: [{ regionId, instanceId, repositories }], keys }, requestLogLimit: 1 },
  );
});
afterAll(() => demo[Symbol.asyncDispose]());

it('ends each of 10,000 items once and in order, with 1,000 bad items and throttling, in bounded memory', async () => {
  // 2 % of the calls are throttled, so nearly all of them succeed after a retry.
  demo.emulator.faults.add({
    operation: 'DescribeImage',
    probability: 0.02,
    effect: { kind: 'throttle', retryAfterMs: 5 },
  });
  const items = Array.from({ length: ITEMS }, (_, index) => ({ tag: `t${index}` }));
  let peak = 0;
  const before = process.memoryUsage().heapUsed;
  const sampling = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().heapUsed - before);
  }, 50);
  const { error, outputs } = await demo.engine.run({ operation: 'get', ...ids('={{ $json.tag }}') }, items, {
    onError: 'continueErrorOutput',
  });
  clearInterval(sampling);

  expect(error).toBeUndefined();
  const [good = [], bad = []] = outputs;
  expect(good.length + bad.length).toBe(ITEMS);
  const itemOf = ({ pairedItem }: (typeof good)[number]) => Object(pairedItem).item;
  const expected = Array.from({ length: ITEMS }, (_, index) => index);
  const throttled = bad.filter(({ json }) => Object(json['details']).code === 'Throttling').map(itemOf);
  expect(throttled.length).toBeLessThan(20);
  expect(bad.map(itemOf)).toEqual(expected.filter((index) => isBad(index) || throttled.includes(index)));
  expect(good.map(itemOf)).toEqual(expected.filter((index) => !isBad(index) && !throttled.includes(index)));
  for (const item of good)
    expect(item.json).toMatchObject({
      tag: `t${itemOf(item)}`,
      digest: `sha256:${itemOf(item).toString(16).padStart(64, '0')}`,
    });
  expect(peak).toBeLessThan(500_000_000);
}, 300_000);
