import { afterAll, beforeAll, expect, it } from 'vitest';
import { CHECKOUT, type Demo, startDemo } from './demo.mts';

let demo: Demo;

beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo[Symbol.asyncDispose]());

const IDS = { resource: 'image', operation: 'get', imageBy: 'ids' };
const selected = (value: string) => ({ __rl: true, mode: 'list', value });

it('lists regions, instances, repositories and tags that match the values selected above', async () => {
  const { search } = demo.engine;
  const names = (found: Awaited<ReturnType<typeof search>>) => found.results.map(({ name }) => name).sort();
  expect(names(await search('searchRegions', IDS))).toEqual(['cn-hangzhou', 'cn-shanghai']);
  const region = { ...IDS, regionId: selected(CHECKOUT.regionId) };
  expect(names(await search('searchInstances', region))).toContain(CHECKOUT.instanceId);
  const instance = { ...region, instanceId: selected(CHECKOUT.instanceId) };
  expect(names(await search('searchRepositories', instance))).toEqual([
    'platform/base-node',
    'shop/checkout',
    'shop/payments',
    'shop/storefront',
  ]);
  const repository = { ...instance, repoId: selected(CHECKOUT.repoId) };
  expect(names(await search('searchTags', repository))).toEqual(['1.4.1', '1.4.2', 'latest']);
});

it('sends the search text to the service', async () => {
  const instance = {
    ...IDS,
    regionId: selected(CHECKOUT.regionId),
    instanceId: selected(CHECKOUT.instanceId),
  };
  const { results } = await demo.engine.search('searchRepositories', instance, 'shop/check');
  expect(results).toEqual([{ name: 'shop/checkout', value: CHECKOUT.repoId }]);
  expect(demo.emulator.requests.at(-1)?.parameters['Criteria']).toContain('"check"');
});

it('reads 10,000 tags in pages of 100', async () => {
  const tags = Array.from({ length: 10_000 }, (_, index) => ({
    tag: `t${index}`,
    history: [{ at: '2026-01-01T00:00:00Z', digest: index.toString(16).padStart(64, '0') }],
  }));
  const repositories = [{ repoId: 'crr-1', namespace: 'big', name: 'one', tags }];
  const registries = [{ regionId: 'cn-hangzhou', instanceId: 'cri-1', repositories }];
  await using big = await startDemo(
    {},
    {
      seed: {
        registries,
        keys: [{ accessKeyId: 'demo-access-key-id', accessKeySecret: 'demo-access-key-secret' }],
      },
    },
  );
  const within = {
    ...IDS,
    regionId: selected('cn-hangzhou'),
    instanceId: selected('cri-1'),
    repoId: selected('crr-1'),
  };
  const first = await big.engine.search('searchTags', within);
  const second = await big.engine.search('searchTags', within, undefined, first.paginationToken);
  expect(first.results).toHaveLength(100);
  expect(new Set([...first.results, ...second.results].map(({ value }) => value)).size).toBe(200);
  expect(big.actions()).toHaveLength(2);
});

it('reports an error instead of returning an empty list', async () => {
  await using denied = await startDemo({
    accessKeyId: 'demo-denied-key-id',
    accessKeySecret: 'demo-denied-key-secret',
  });
  await expect(denied.engine.search('searchRegions', IDS)).rejects.toMatchObject({
    message: 'The RAM user lacks a permission',
  });
});
