import { readFileSync } from 'node:fs';
import { mockCredentials } from '@backstage/backend-test-utils';
import techInsightsPlugin from '@backstage-community/plugin-tech-insights-backend';
import jsonRulesModule from '@backstage-community/plugin-tech-insights-backend-module-jsonfc';
import request from 'supertest';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import techInsightsModule from '../src/tech-insights-module.ts';
import { CHECKOUT, component, demoDigest, HOST, NIGHTLY, pathOf } from './entities.ts';
import { startPlugin } from './start-plugin.ts';

const checks = parse(readFileSync(new URL('../tech-insights-checks.yaml', import.meta.url), 'utf8'));

it('collects facts per entity, and the checks fail for what is unknown', async () => {
  const many = Array.from({ length: 60 }, (_, n) => `${HOST}/shop/service-${n}:1`);
  const { server, get, runTask } = await startPlugin({
    entities: [
      component('pinned', { images: [`${CHECKOUT}@${demoDigest('checkout 1.4.2')}`] }),
      component('drifting', { images: [CHECKOUT, NIGHTLY] }),
      component('unread', { images: [`${HOST}/shop/storefront:2.9.0`] }),
      component('many', { images: many }),
      component('more', { images: many }),
      component('without-images'),
    ],
    modules: [techInsightsPlugin, jsonRulesModule, techInsightsModule],
    rootConfig: {
      techInsights: {
        factRetrievers: {
          describeImageFactRetriever: { cadence: '*/15 * * * *', lifecycle: { timeToLive: { weeks: 2 } } },
        },
        factChecker: { checks },
      },
    },
    hasActionsService: true,
  });
  for (const name of ['pinned', 'drifting']) expect((await get(pathOf(name))).status).toBe(200);
  await runTask('describe-image');
  const user = mockCredentials.user.header();
  const factsOf = async (name: string) => {
    const { body } = await request(server)
      .get(`/api/tech-insights/facts/latest?entity=component:default/${name}&ids[]=describe-image`)
      .set('authorization', user);
    return body['describe-image']?.facts;
  };
  const facts = { images: 1, pinned: false, drift: false, verified: false, scanned: false };
  expect(await factsOf('pinned')).toEqual({ ...facts, pinned: true, verified: true, scanned: true });
  expect(await factsOf('drifting')).toEqual({ ...facts, images: 2, drift: true, verified: true });
  expect(await factsOf('unread')).toEqual(facts);
  // More images than fit on one page of the overview.
  for (const name of ['many', 'more']) expect(await factsOf(name)).toMatchObject({ images: 60 });
  expect(await factsOf('without-images')).toBeUndefined();

  const passedBy = async (name: string) => {
    const { body } = await request(server)
      .post(`/api/tech-insights/checks/run/default/component/${name}`)
      .set('authorization', user)
      .send({ checks: Object.keys(checks) });
    const results: { check: { id: string }; result: boolean }[] = body;
    expect(results).toHaveLength(4);
    return results.filter(({ result }) => result).map(({ check }) => check.id.replace('describe-image-', ''));
  };
  expect((await passedBy('pinned')).sort()).toEqual(['no-drift', 'pinned', 'scanned', 'verified']);
  expect(await passedBy('drifting')).toEqual(['verified']);
  expect(await passedBy('unread')).toEqual([]);
});
