import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Demo, ids, reference, startDemo } from './demo.mts';

let demo: Demo;

beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo[Symbol.asyncDispose]());

const RISKY = reference('shop/storefront:2.9.0');

async function vulnerabilities(parameters: Parameters<Demo['engine']['run']>[0]) {
  const { error, outputs, hints } = await demo.engine.run({ operation: 'getVulnerabilities', ...parameters });
  if (error !== undefined) throw error;
  return { items: outputs[0]?.map(({ json }) => json) ?? [], hints };
}

it('returns as many vulnerabilities as Get Risk counts, the most urgent first', async () => {
  const { outputs } = await demo.engine.run({ operation: 'getRisk', ...RISKY });
  const { items } = await vulnerabilities({ ...RISKY, returnAll: true });
  expect(items).toHaveLength(Number(outputs[0]?.[0]?.json['vulnerabilities']));
  const order = ['asap', 'later', 'nntf'];
  const priorities = items.map(({ necessity }) => order.indexOf(String(necessity)));
  expect(priorities).toEqual([...priorities].sort());
  expect(items[0]).toMatchObject({
    name: expect.any(String),
    cveIds: [expect.stringMatching(/^CVE-/)],
    packages: [expect.stringMatching(/\w/)],
    image: 'shop/storefront:2.9.0',
    pinned: expect.stringMatching(/shop\/storefront:2\.9\.0@sha256:/),
    digest: outputs[0]?.[0]?.json['digest'],
    isLive: true,
  });
});

it('applies the limit and the filters', async () => {
  const filtered = { ...RISKY, vulnerabilityFilters: { necessity: ['asap'], fixable: true } };
  const { items } = await vulnerabilities({ ...filtered, returnAll: true });
  expect(items.length).toBeGreaterThan(1);
  for (const item of items) expect(item).toMatchObject({ necessity: 'asap', fixable: true });
  expect((await vulnerabilities({ ...filtered, limit: 1 })).items).toEqual([
    { ...items[0], requestId: expect.any(String) },
  ]);
});

it('returns all fields with Simplify off', async () => {
  const { items } = await vulnerabilities({ ...RISKY, simplify: false, limit: 1 });
  expect(items[0]).toMatchObject({ raw: expect.anything(), packages: [{ name: expect.any(String) }] });
});

it.each([
  ['a clean image', ids('1.4.2')],
  ['an image that was never scanned', reference('shop/payments:0.9.0')],
])('explains the empty list of %s', async (_, image) => {
  const { items, hints } = await vulnerabilities(image);
  expect(items).toEqual([]);
  expect(hints).toEqual([expect.stringContaining('does not mean that the image is clean')]);
});

it('reports the missing policy', async () => {
  await using listOnly = await startDemo({
    accessKeyId: 'demo-list-only-key-id',
    accessKeySecret: 'demo-list-only-key-secret',
  });
  const { error } = await listOnly.engine.run({ operation: 'getVulnerabilities', ...RISKY });
  expect(error).toMatchObject({ description: expect.stringMatching(/yundun-sas:Describe\w+/) });
});
