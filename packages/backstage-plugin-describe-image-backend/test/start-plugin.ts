import { type BackendFeature, coreServices, createServiceFactory } from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef, metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { mockCredentials, mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult, type PolicyDecision } from '@backstage/plugin-permission-common';
import { createEmulator, type EmulatorOptions } from '@describe-image/emulator';
import type { Knex } from 'knex';
import request from 'supertest';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { describeImagePlugin } from '../src/plugin.ts';
import { type ReportedMoves, recordingMoves } from './reported-moves.ts';

/** Annotation with the ref of the only user who may read the entity. */
export const READABLE_BY = 'test/readable-by';

export interface StartOptions {
  readonly entities?: readonly Entity[];
  /** Builds the configuration below `describeImage` from the URL of the emulator. */
  readonly config?: (url: string) => object;
  readonly denied?: boolean;
  readonly emulator?: EmulatorOptions;
  /** Configuration of the back end outside of `describeImage`. */
  readonly rootConfig?: Readonly<Record<string, object>>;
  /** Permissions that the policy denies to users, by name. */
  readonly deniedPermissions?: readonly string[];
  /** Decides whether a user may see the images of an entity. Default: all users may. */
  readonly decideOnEntities?: (user: string) => PolicyDecision;
  /** Registers the actions in Backstage's own registry, for other plugins, instead of one that a test invokes. */
  readonly hasActionsService?: boolean;
  /** A database that several back ends share. */
  readonly database?: Knex;
  /** Other plugins and modules in the back end. */
  readonly modules?: readonly BackendFeature[];
}

/** Starts the plugin in a test back end with its own emulator, records its output, and stops both after the test. */
export async function startPlugin({
  entities = [],
  config,
  denied = false,
  emulator: options,
  database,
  modules = [],
  rootConfig = {},
  deniedPermissions = [],
  hasActionsService = false,
  decideOnEntities = () => ({ result: AuthorizeResult.ALLOW }),
}: StartOptions) {
  const emulator = await createEmulator(options);
  const logged: string[] = [];
  const audited: { eventId: string; outcome: string; meta: unknown; error?: string }[] = [];
  const counted: { name: string; value: number; attributes: unknown }[] = [];
  const actions = actionsRegistryServiceMock({ logger: mockServices.logger.mock() });
  const scheduler = mockServices.scheduler();
  const reported: ReportedMoves = { events: [], signals: [], notifications: [] };
  const backend = await startTestBackend({
    features: [
      describeImagePlugin,
      ...modules,
      mockServices.rootConfig.factory({
        data: { ...rootConfig, describeImage: (config ?? demoConfig)(emulator.url) as never },
      }),
      readableOnly(entities),
      loggingTo(logged),
      auditingTo(audited),
      // Runs tasks only when a test triggers them.
      createServiceFactory({ service: coreServices.scheduler, deps: {}, factory: () => scheduler }),
      ...recordingMoves(reported),
      ...(database === undefined ? [] : [usingDatabase(database)]),
      countingTo(counted),
      ...(hasActionsService
        ? []
        : [createServiceFactory({ service: actionsRegistryServiceRef, deps: {}, factory: () => actions })]),
      denied
        ? mockServices.permissions.factory({ result: AuthorizeResult.DENY })
        : policyOf(entities, deniedPermissions, decideOnEntities),
    ],
  });
  onTestFinished(async () => {
    await backend.stop();
    await emulator.close();
  });
  const { server } = backend;
  const as = (user: string) => ({ authorization: mockCredentials.user.header(user) });
  const get = (path: string, user = 'user:default/guest') =>
    request(server).get(`/api/describe-image${path}`).set(as(user));
  const post = (path: string, user = 'user:default/guest') =>
    request(server).post(`/api/describe-image${path}`).set(as(user));
  const runTask = (id: string) => scheduler.triggerTask(id);
  const refresh = () => runTask('describe-image-refresh');
  /** Delivers all events that are due. */
  const deliver = async () => {
    await scheduler.triggerTask('describe-image-announce');
    await scheduler.triggerTask('describe-image-notify');
  };
  const checkLive = () => scheduler.triggerTask('describe-image-live-checks');
  const recorded = { reported, logged, audited, counted };
  return { emulator, server, runTask, refresh, checkLive, deliver, ...recorded, actions, get, post };
}

export type StartedPlugin = Awaited<ReturnType<typeof startPlugin>>;

/** One instance for each key of the emulator. */
function demoConfig(url: string): object {
  const keys = (name: string) => ({
    name,
    accessKeyId: `demo-${name}-key-id`,
    accessKeySecret: `demo-${name}-key-secret`,
    endpoint: url,
  });
  return {
    instances: [
      {
        name: 'acme',
        accessKeyId: 'demo-access-key-id',
        accessKeySecret: 'demo-access-key-secret',
        endpoint: url,
        consoleUrl: 'https://console.example/',
      },
      keys('list-only'),
      keys('denied'),
      keys('disabled'),
    ],
    // A refresh must always request the service.
    cache: { refreshSeconds: 0 },
  };
}

function readableOnly(entities: readonly Entity[]): BackendFeature {
  return createServiceFactory({
    service: catalogServiceRef,
    deps: {},
    factory: () => {
      const readable = (user: string | undefined) =>
        catalogServiceMock({
          entities: entities.filter(({ metadata: { annotations } }) =>
            // A service may read everything.
            user === undefined ? true : [undefined, user].includes(annotations?.[READABLE_BY]),
          ),
        });
      return catalogServiceMock.mock({
        getEntityByRef: async (ref, options) => readable(userIn(options)).getEntityByRef(ref),
        getEntitiesByRefs: async (query, options) => readable(userIn(options)).getEntitiesByRefs(query),
        streamEntities: (query, options) => readable(userIn(options)).streamEntities(query),
      });
    },
  });
}

/** Allows everything, but the catalog has conditions when an entity is readable by one user only. */
function policyOf(
  entities: readonly Entity[],
  deniedPermissions: readonly string[],
  decideOnEntities: (user: string) => PolicyDecision,
): BackendFeature {
  const hasConditions = entities.some(({ metadata: { annotations } }) => annotations?.[READABLE_BY]);
  const allow = { result: AuthorizeResult.ALLOW } as const;
  const conditionsOf = (user: string): PolicyDecision => ({
    result: AuthorizeResult.CONDITIONAL,
    pluginId: 'catalog',
    resourceType: 'catalog-entity',
    conditions: { rule: 'READABLE_BY', resourceType: 'catalog-entity', params: { user } },
  });
  return createServiceFactory({
    service: coreServices.permissions,
    deps: {},
    factory: () => ({
      // As in Backstage, the policy decides about users only.
      authorize: async (requests, options) =>
        requests.map(({ permission }) =>
          deniedPermissions.includes(permission.name) && userIn(options) !== undefined
            ? { result: AuthorizeResult.DENY }
            : allow,
        ),
      authorizeConditional: async (requests, options) => {
        const user = userIn(options);
        return requests.map(({ permission }) => {
          if (user === undefined) return allow;
          if (permission.name === 'describeImage.entity.read') return decideOnEntities(user);
          return permission.name === 'catalog.entity.read' && hasConditions ? conditionsOf(user) : allow;
        });
      },
    }),
  });
}

function usingDatabase(database: Knex): BackendFeature {
  return createServiceFactory({
    service: coreServices.database,
    deps: {},
    factory: () => ({ getClient: async () => database }),
  });
}

function loggingTo(lines: string[]): BackendFeature {
  const log =
    (level: string) =>
    (message: string, meta?: unknown): void => {
      const detail = meta instanceof Error ? `${meta.stack}` : JSON.stringify(meta);
      lines.push(`${level} ${message} ${detail ?? ''}`);
    };
  const logger = {
    error: log('error'),
    warn: log('warn'),
    info: log('info'),
    debug: log('debug'),
    child: () => logger,
  };
  return createServiceFactory({ service: coreServices.rootLogger, deps: {}, factory: () => logger });
}

function auditingTo(
  events: { eventId: string; outcome: string; meta: unknown; error?: string }[],
): BackendFeature {
  return createServiceFactory({
    service: coreServices.auditor,
    deps: {},
    factory: () => ({
      createEvent: async ({ eventId, meta }) => ({
        success: async () => void events.push({ eventId, outcome: 'success', meta }),
        fail: async ({ error }) => void events.push({ eventId, outcome: 'fail', meta, error: error.name }),
      }),
    }),
  });
}

function countingTo(counted: { name: string; value: number; attributes: unknown }[]): BackendFeature {
  const instrument = (name: string) => {
    const count = (value: number, attributes?: unknown) => void counted.push({ name, value, attributes });
    return { add: count, record: count, addCallback: () => {}, removeCallback: () => {} };
  };
  return createServiceFactory({
    service: metricsServiceRef,
    deps: {},
    factory: () => ({
      createCounter: instrument,
      createUpDownCounter: instrument,
      createHistogram: instrument,
      createGauge: instrument,
      createObservableCounter: instrument,
      createObservableUpDownCounter: instrument,
      createObservableGauge: instrument,
    }),
  });
}

const withCredentials = z.object({
  credentials: z.object({ principal: z.object({ userEntityRef: z.string().optional() }) }),
});

/** The user in the credentials. Throws without credentials, as the catalog does. */
function userIn(options: unknown): string | undefined {
  return withCredentials.parse(options).credentials.principal.userEntityRef;
}
