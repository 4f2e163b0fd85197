import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { coreServices, createBackendModule, createServiceFactory } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices, startTestBackend } from '@backstage/backend-test-utils';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import { catalogConditions, createCatalogConditionalDecision } from '@backstage/plugin-catalog-backend/alpha';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import permissionPlugin from '@backstage/plugin-permission-backend';
import {
  AuthorizeResult,
  isPermission,
  type Permission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import {
  describeImageEntityReadPermission,
  imageOverviewSchema,
} from '@describe-image/backstage-plugin-describe-image-common';
import { createEmulator, demoCredentials } from '@describe-image/emulator';
import request from 'supertest';
import { expect, it, onTestFinished } from 'vitest';
import { createDescribeImageConditionalDecision, describeImageConditions } from '../src/index.ts';
import { describeImagePlugin } from '../src/plugin.ts';
import { CHECKOUT, component, group, NIGHTLY, pathOf } from './entities.ts';

/** A policy by a function, in a module of the permission back end. */
function policy(decide: (permission: Permission, user: string) => PolicyDecision) {
  return createBackendModule({
    pluginId: 'permission',
    moduleId: 'test-policy',
    register(env) {
      env.registerInit({
        deps: { policies: policyExtensionPoint },
        async init({ policies }) {
          policies.setPolicy({
            handle: async ({ permission }, user) => decide(permission, user?.info.userEntityRef ?? ''),
          });
        },
      });
    },
  });
}

/** Unlike Backstage's own, the credentials of the tests lack the back end that requests on behalf of a user. */
const httpAuthWithActor = createServiceFactory({
  service: coreServices.httpAuth,
  deps: { plugin: coreServices.pluginMetadata },
  factory: ({ plugin }) => {
    const httpAuth = mockServices.httpAuth({ pluginId: plugin.getId() });
    if (plugin.getId() !== 'permission') return httpAuth;
    const actor = { type: 'service', subject: 'plugin:test' };
    return {
      ...httpAuth,
      issueUserCookie: httpAuth.issueUserCookie.bind(httpAuth),
      credentials: async (incoming, options) => {
        const credentials = await httpAuth.credentials(incoming, options);
        return { ...credentials, principal: Object.assign({ actor }, credentials.principal) };
      },
    };
  },
});

/** A back end with Backstage's own catalog and permission back end. */
async function start(decide: Parameters<typeof policy>[0]) {
  const emulator = await createEmulator();
  const folder = mkdtempSync(join(tmpdir(), 'describe-image-policy-'));
  const target = join(folder, 'entities.yaml');
  const entities = [
    component('checkout', { images: [CHECKOUT], spec: { owner: 'team-a' } }),
    component('base', { images: [NIGHTLY], spec: { owner: 'team-b' } }),
    group('team-a', 'Team A'),
    group('team-b', 'Team B'),
  ];
  writeFileSync(target, entities.map((entity) => JSON.stringify(entity)).join('\n---\n'));
  const backend = await startTestBackend({
    features: [
      catalogPlugin,
      permissionPlugin,
      policy(decide),
      describeImagePlugin,
      httpAuthWithActor,
      mockServices.permissions.factory(),
      mockServices.rootConfig.factory({
        data: {
          permission: { enabled: true },
          catalog: {
            rules: [{ allow: ['Component', 'Group'] }],
            locations: [{ type: 'file', target }],
            processingInterval: { seconds: 1 },
          },
          describeImage: {
            instances: [{ name: 'acme', ...demoCredentials, endpoint: emulator.url }],
            refresh: { enabled: false },
          },
        },
      }),
    ],
  });
  onTestFinished(async () => {
    await backend.stop();
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const get = (path: string, authorization: string) =>
    request(backend.server).get(path).set('authorization', authorization);
  const stored = async () => {
    const { body } = await get('/api/catalog/entities', mockCredentials.service.header());
    return Array.isArray(body) ? body.filter(({ relations }) => relations?.length > 0).length : 0;
  };
  await expect.poll(stored, { timeout: 30_000 }).toBe(4);
  const as = (user: string) => (path: string) =>
    get(`/api/describe-image${path}`, mockCredentials.user.header(user));
  return { alice: as('user:default/alice'), bob: as('user:default/bob') };
}

/** Alice owns checkout, and Bob owns base. */
const teamOf = (user: string) =>
  user === 'user:default/alice' ? 'group:default/team-a' : 'group:default/team-b';

it.each([
  [
    'that limits images to owners',
    (permission: Permission, user: string): PolicyDecision =>
      isPermission(permission, describeImageEntityReadPermission)
        ? createDescribeImageConditionalDecision(
            permission,
            describeImageConditions.isOwner({ claims: [teamOf(user)] }),
          )
        : { result: AuthorizeResult.ALLOW },
    403,
  ],
  [
    'that limits the catalog to owners',
    (permission: Permission, user: string): PolicyDecision =>
      isPermission(permission, catalogEntityReadPermission)
        ? createCatalogConditionalDecision(
            permission,
            catalogConditions.isEntityOwner({ claims: [teamOf(user)] }),
          )
        : { result: AuthorizeResult.ALLOW },
    404,
  ],
])('applies a policy of the permission back end %s', async (_, decide, status) => {
  const { alice, bob } = await start(decide);
  for (const [user, own, other] of [
    [alice, 'checkout', 'base'],
    [bob, 'base', 'checkout'],
  ] as const) {
    const overview = imageOverviewSchema.parse((await user('/overview')).body);
    expect(overview.rows.map(({ title }) => title)).toEqual([own]);
    expect([overview.total, overview.owners.length]).toEqual([1, 1]);
    const { text } = await user('/overview.csv');
    expect(text).not.toContain(`component:default/${other}`);
    expect((await user(pathOf(own))).status).toBe(200);
    expect((await user(pathOf(other))).status).toBe(status);
  }
});
