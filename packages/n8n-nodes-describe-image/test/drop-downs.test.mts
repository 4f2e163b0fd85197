import { afterAll, beforeAll, expect, it } from 'vitest';
import { CHECKOUT, type Demo, startDemo } from './demo.mts';

let demo: Demo;

beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo[Symbol.asyncDispose]());

const IDS = { resource: 'image', operation: 'get', imageBy: 'ids' };
const chosen = (value: string) => ({ __rl: true, mode: 'list', value });

it('leads from region to instance to repository to tag, each within what was chosen above', async () => {
  const { search } = demo.engine;
  const names = (found: Awaited<ReturnType<typeof search>>) => found.results.map(({ name }) => name).sort();
  expect(names(await search('searchRegions', IDS))).toEqual(['cn-hangzhou', 'cn-shanghai']);
  const region = { ...IDS, regionId: chosen(CHECKOUT.regionId) };
  expect(names(await search('searchInstances', region))).toContain(CHECKOUT.instanceId);
  const instance = { ...region, instanceId: chosen(CHECKOUT.instanceId) };
  expect(names(await search('searchRepositories', instance))).toEqual([
    'platform/base-node',
    'shop/checkout',
    'shop/payments',
    'shop/storefront',
  ]);
  const repository = { ...instance, repoId: chosen(CHECKOUT.repoId) };
  expect(names(await search('searchTags', repository))).toEqual(['1.4.1', '1.4.2', 'latest']);
});

it('searches on the service', async () => {
  const instance = { ...IDS, regionId: chosen(CHECKOUT.regionId), instanceId: chosen(CHECKOUT.instanceId) };
  const { results } = await demo.engine.search('searchRepositories', instance, 'shop/check');
  expect(results).toEqual([{ name: 'shop/checkout', value: CHECKOUT.repoId }]);
  expect(demo.emulator.requests.at(-1)?.parameters['Criteria']).toContain('"check"');
});

it('pages through ten thousand tags', async () => {
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
    regionId: chosen('cn-hangzhou'),
    instanceId: chosen('cri-1'),
    repoId: chosen('crr-1'),
  };
  const first = await big.engine.search('searchTags', within);
  const second = await big.engine.search('searchTags', within, undefined, first.paginationToken);
  expect(first.results).toHaveLength(100);
  expect(new Set([...first.results, ...second.results].map(({ value }) => value)).size).toBe(200);
  expect(big.actions()).toHaveLength(2);
});

it('says what is wrong, instead of an empty list', async () => {
  await using denied = await startDemo({
    accessKeyId: 'demo-denied-key-id',
    accessKeySecret: 'demo-denied-key-secret',
  });
  await expect(denied.engine.search('searchRegions', IDS)).rejects.toMatchObject({
    message: 'The RAM user is not allowed to do this',
  });
});
