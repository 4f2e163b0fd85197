import { mockCredentials } from '@backstage/backend-test-utils';
import { AuthorizeResult, type PolicyDecision } from '@backstage/plugin-permission-common';
import {
  describeImageEntityReadPermission,
  imageOverviewSchema,
} from '@describe-image/backstage-plugin-describe-image-common';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { createDescribeImageConditionalDecision, describeImageConditions } from '../src/index.ts';
import { CHECKOUT, component, group, NIGHTLY, pathOf } from './entities.ts';
import { startPlugin } from './start-plugin.ts';

const entities = [
  component('checkout', { images: [CHECKOUT], spec: { owner: 'team-a', system: 'shop' } }),
  component('base', { images: [NIGHTLY, 'not a reference'], spec: { owner: 'team-b', system: 'platform' } }),
  component('orphan', { images: [CHECKOUT], spec: { owner: '' } }),
  group('team-a', 'Team A'),
];

/** The policy of the README: users see the images of entities that they own. */
function ownersOnly(user: string): PolicyDecision {
  const claims = [user === 'user:default/alice' ? 'group:default/team-a' : 'group:default/team-b'];
  return createDescribeImageConditionalDecision(
    describeImageEntityReadPermission,
    describeImageConditions.isOwner({ claims }),
  );
}

const ALICE = 'user:default/alice';
const BOB = 'user:default/bob';
const { isOwner } = describeImageConditions;
const isTeamA = isOwner({ claims: ['group:default/team-a'] });
const isTeamB = isOwner({ claims: ['group:default/team-b'] });
const decide = (conditions: Parameters<typeof createDescribeImageConditionalDecision>[1]) =>
  createDescribeImageConditionalDecision(describeImageEntityReadPermission, conditions);

describe('the condition IS_OWNER', () => {
  it('allows the images of owned entities only, without a request to the service for others', async () => {
    const { get, post, emulator } = await startPlugin({ entities, decideOnEntities: ownersOnly });
    expect((await get(pathOf('checkout'), ALICE)).status).toBe(200);
    const requestCount = emulator.requests.length;
    const image = `image=${encodeURIComponent(CHECKOUT)}`;
    for (const path of ['', `/history?${image}`, `/tags?${image}`]) {
      const { status, body } = await get(`${pathOf('checkout')}${path}`, BOB);
      expect(status).toBe(403);
      expect(body.error.message).toContain('describeImage.entity.read');
    }
    expect((await post(`${pathOf('checkout')}/refresh`, BOB)).status).toBe(403);
    expect((await get(pathOf('orphan'), ALICE)).status).toBe(403);
    expect(emulator.requests).toHaveLength(requestCount);
  });

  it('limits rows, counts, filters, faults and export of the overview', async () => {
    const { get } = await startPlugin({ entities, decideOnEntities: ownersOnly });
    const overview = async (user: string) => imageOverviewSchema.parse((await get('/overview', user)).body);
    expect(await overview(ALICE)).toMatchObject({
      rows: [{ entityRef: 'component:default/checkout' }],
      matching: 1,
      total: 1,
      owners: [{ ref: 'group:default/team-a', displayName: 'Team A' }],
      systems: [{ ref: 'system:default/shop' }],
      faultCount: 0,
    });
    expect(await overview(BOB)).toMatchObject({
      rows: [{ entityRef: 'component:default/base' }],
      total: 1,
      systems: [{ ref: 'system:default/platform' }],
      faultCount: 1,
    });
    const { text } = await get('/overview.csv', BOB);
    expect(text).toContain('component:default/base');
    expect(text).not.toContain('component:default/checkout');
  });

  it('applies to actions', async () => {
    const { actions } = await startPlugin({ entities, decideOnEntities: ownersOnly });
    const invoke = (user: string) =>
      actions.invoke({
        id: 'test:get-image-digests',
        input: { entityRef: 'checkout' },
        credentials: mockCredentials.user(user),
      });
    await expect(invoke(BOB)).rejects.toThrow('describeImage.entity.read');
    expect((await invoke(ALICE)).output).toMatchObject({ entityRef: 'component:default/checkout' });
  });

  it('does not limit the refresh', async () => {
    const { refresh, emulator } = await startPlugin({ entities, decideOnEntities: ownersOnly });
    await refresh();
    expect(emulator.requests.length).toBeGreaterThan(0);
  });

  it.each([
    [['checkout'], { anyOf: [isTeamA] }],
    [['base', 'checkout'], { anyOf: [isTeamA, isTeamB] }],
    [[], { allOf: [isTeamA, isTeamB] }],
    [['base', 'orphan'], { not: isTeamA }],
    [['orphan'], { allOf: [{ not: isTeamA }, { not: isTeamB }] }],
    [['orphan'], { not: { anyOf: [isTeamA, isTeamB] } }],
    [['base', 'checkout', 'orphan'], { not: { allOf: [isTeamA, isTeamB] } }],
  ] as const)(
    'allows %j alike on the overview and on the routes of an entity: %j',
    async (names, conditions) => {
      const { get } = await startPlugin({
        entities,
        decideOnEntities: () => decide(conditions as Parameters<typeof decide>[0]),
      });
      const { rows } = imageOverviewSchema.parse((await get('/overview')).body);
      expect(rows.map(({ title }) => title).sort()).toEqual([...names]);
      for (const name of ['base', 'checkout', 'orphan'])
        expect((await get(pathOf(name))).status).toBe(
          (names as readonly string[]).includes(name) ? 200 : 403,
        );
    },
  );

  it('is not shared between callers with different conditions', async () => {
    const { get } = await startPlugin({ entities, decideOnEntities: ownersOnly });
    for (const [user, title] of [
      [ALICE, 'checkout'],
      [BOB, 'base'],
      [ALICE, 'checkout'],
    ] as const)
      expect((await get('/overview', user)).body.rows).toMatchObject([{ title }]);
  });
});

describe('the permission describeImage.entity.read', () => {
  it('rejects the overview and each entity when the policy denies it', async () => {
    const { get } = await startPlugin({
      entities,
      decideOnEntities: () => ({ result: AuthorizeResult.DENY }),
    });
    for (const path of ['/overview', '/overview.csv', pathOf('checkout')])
      expect((await get(path)).status).toBe(403);
  });

  it('has the rule in its metadata, and applies it to entities', async () => {
    const { server } = await startPlugin({ entities });
    const path = '/api/describe-image/.well-known/backstage/permissions';
    const service = mockCredentials.service.header();
    const metadata = await request(server).get(`${path}/metadata`).set('authorization', service);
    expect(metadata.body.rules).toMatchObject([
      { name: 'IS_OWNER', resourceType: 'describe-image-entity', paramsSchema: { required: ['claims'] } },
    ]);
    expect(metadata.body.permissions.map(({ name }: { name: string }) => name).sort()).toEqual([
      'describeImage.entity.read',
      'describeImage.image.read',
      'describeImage.reference.read',
    ]);
    const { body } = await request(server)
      .post(`${path}/apply-conditions`)
      .set('authorization', service)
      .send({
        items: ['checkout', 'base', 'gone'].map((name) => ({
          id: name,
          resourceRef: `component:default/${name}`,
          resourceType: 'describe-image-entity',
          conditions: isTeamA,
        })),
      });
    expect(body.items).toEqual([
      { id: 'checkout', result: 'ALLOW' },
      { id: 'base', result: 'DENY' },
      { id: 'gone', result: 'DENY' },
    ]);
  });
});
