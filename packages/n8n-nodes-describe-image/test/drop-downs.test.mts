import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
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
  const instances = await search('searchInstances', region);
  expect(instances.results.map(({ value }) => value)).toContain(CHECKOUT.instanceId);
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

describe('an inventory of 50,000 images', () => {
  let big: Demo;

  beforeAll(async () => {
    const tags = Array.from({ length: 50_000 }, (_, index) => ({
      tag: `t${index}`,
      history: [{ at: '2026-01-01T00:00:00Z', digest: index.toString(16).padStart(64, '0') }],
    }));
    const repositories = [{ repoId: 'crr-1', namespace: 'big', name: 'one', tags }];
    const registries = [{ regionId: 'cn-hangzhou', instanceId: 'cri-1', repositories }];
    const keys = [{ accessKeyId: 'demo-access-key-id', accessKeySecret: 'demo-access-key-secret' }];
    big = await startDemo({}, { seed: { registries, keys } });
  });
  afterAll(() => big[Symbol.asyncDispose]());
  beforeEach(() => big.emulator.reset());

  const within = {
    ...IDS,
    regionId: selected('cn-hangzhou'),
    instanceId: selected('cri-1'),
    repoId: selected('crr-1'),
  };

  it('is read in pages of 100 tags', async () => {
    const first = await big.engine.search('searchTags', within);
    const second = await big.engine.search('searchTags', within, undefined, first.paginationToken);
    expect(first.results).toHaveLength(100);
    expect(new Set([...first.results, ...second.results].map(({ value }) => value)).size).toBe(200);
    expect(big.actions()).toHaveLength(2);
  });

  it('is searched by the service', async () => {
    const { results, paginationToken } = await big.engine.search('searchTags', within, 't49999');
    expect({ results, paginationToken }).toEqual({
      results: [{ name: 't49999', value: 't49999' }],
      paginationToken: undefined,
    });
    expect(big.actions()).toHaveLength(1);
  });

  it.each([
    ['searchTags', within, 1_000],
    ['searchRegions', IDS, 1],
  ])('cuts %s and ends the list with a notice', async (method, parameters, length) => {
    const values: unknown[] = [];
    let last: Awaited<ReturnType<Demo['engine']['search']>> = { results: [] };
    do {
      last = await big.engine.search(method, parameters, undefined, last.paginationToken);
      values.push(...last.results.map(({ value }) => value));
    } while (last.paginationToken !== undefined);
    expect(last.results.at(-1)).toEqual({
      name: 'The list is cut here. Type to search all images.',
      value: '',
    });
    expect(new Set(values).size).toBe(length + 1);
    expect(big.actions().length).toBeLessThanOrEqual(100);
  });
});

it('shows the domain of an instance before its ID', async () => {
  const region = { ...IDS, regionId: selected(CHECKOUT.regionId) };
  const { results } = await demo.engine.search('searchInstances', region, 'acme-registry.');
  expect(results).toEqual([
    {
      name: `acme-registry.cn-hangzhou.cr.aliyuncs.com (${CHECKOUT.instanceId})`,
      value: CHECKOUT.instanceId,
    },
  ]);
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
