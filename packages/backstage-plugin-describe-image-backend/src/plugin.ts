import { coreServices, createBackendPlugin } from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef, metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { toError } from '@backstage/errors';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { isResourcePermission } from '@backstage/plugin-permission-common';
import { createConditionAuthorizer, createConditionTransformer } from '@backstage/plugin-permission-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  describeImageEntityReadPermission,
  describeImagePermissions,
} from '@describe-image/backstage-plugin-describe-image-common';
import { createRouter } from './api/create-router.ts';
import { registerActions } from './api/register-actions.ts';
import { readConfig } from './config/read-config.ts';
import { declaredIdentities } from './entities/declared-identities.ts';
import { createEntityReader } from './entities/entity-reader.ts';
import { createReadableEntities } from './entities/readable-entities.ts';
import { createKnownImages } from './images/known-images.ts';
import { createLookUpImage } from './images/look-up-image.ts';
import { createCircuitBreakers } from './instances/circuit-breaker.ts';
import { openInstances } from './instances/open-instances.ts';
import { createMetrics } from './metrics.ts';
import {
  backstageChannel,
  type ImageNotificationChannel,
  imageNotificationsExtensionPoint,
} from './notifications/channel.ts';
import { createDeliverers } from './outbox/create-deliverers.ts';
import { createEntityCopy } from './overview/entity-copy.ts';
import { createImageStates } from './overview/image-states.ts';
import { createOverview } from './overview/overview.ts';
import { withImageStates } from './overview/recording-store.ts';
import { imageEntityResourceRef, imageEntityRules } from './permissions/image-entity-rules.ts';
import { readImageEntities } from './permissions/read-image-entities.ts';
import type { LiveCheckOptions } from './refresh/check-live.ts';
import { createListingProgress } from './refresh/listing-progress.ts';
import { createLiveCheckStore } from './refresh/live-check-store.ts';
import { createScheduleStore } from './refresh/schedule.ts';
import { scheduleTasks } from './refresh/schedule-tasks.ts';
import { weighImages } from './refresh/weigh-images.ts';
import { createMayReadPlaces } from './running/may-read-places.ts';
import { readImageNames } from './running/read-names.ts';
import { createReadRunning } from './running/read-running.ts';
import { createRunningImages, NO_RUNNING_IMAGES } from './running/running-images.ts';
import { createRunningStore } from './running/running-store.ts';
import { createImageService } from './service/create-image-service.ts';
import { createListRepository } from './service/list-repository.ts';
import type { ImageIdentity } from './store/image-identity.ts';
import { createImageStore } from './store/image-store.ts';
import { pruneHistory } from './store/prune-history.ts';
import { migrate } from './store/tables.ts';

/**
 * The back end of the plugin describe-image, configured below `describeImage`.
 *
 * @example
 * ```ts
 * import { createBackend } from '@backstage/backend-defaults';
 *
 * const backend = createBackend();
 * backend.add(import('@describe-image/backstage-plugin-describe-image-backend'));
 * backend.start();
 * ```
 *
 * @public
 */
export const describeImagePlugin = createBackendPlugin({
  pluginId: 'describe-image',
  register(env) {
    const channels: ImageNotificationChannel[] = [];
    env.registerExtensionPoint(imageNotificationsExtensionPoint, {
      addChannel(channel) {
        const { name } = channel;
        if (name === 'backstage' || channels.some((other) => other.name === name))
          throw new Error(`addChannel: another channel has the name ${JSON.stringify(name)}; rename one`);
        channels.push(channel);
      },
    });
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        cache: coreServices.cache,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
      },
      async init(services) {
        const { actionsRegistry, auditor, auth, cache, catalog, httpAuth, httpRouter, lifecycle } = services;
        const { logger, permissions, permissionsRegistry } = services;
        const config = readConfig(services.config);
        if (config.instances.length === 0)
          logger.warn('describeImage.instances is empty: add an instance to look up images');

        const metrics = createMetrics(services.metrics);
        const { onResponse, onLookUp, onFailure } = metrics;
        const now = () => Date.now();
        const breakers = createCircuitBreakers({
          now,
          onChange(endpoint, isPaused) {
            metrics.onCircuit(endpoint, isPaused);
            if (isPaused) logger.warn(`calls to ${endpoint} are paused: it did not respond several times`);
            else logger.info(`calls to ${endpoint} continue`);
          },
        });
        const instances = openInstances(config.instances, breakers, onResponse);
        lifecycle.addShutdownHook(() => instances.close());

        await migrate(services.database);
        const database = await services.database.getClient();
        const knownImages = createKnownImages(cache);
        permissionsRegistry.addPermissions(
          describeImagePermissions.filter((permission) => !isResourcePermission(permission)),
        );
        permissionsRegistry.addResourceType({
          resourceRef: imageEntityResourceRef,
          permissions: [describeImageEntityReadPermission],
          rules: Object.values(imageEntityRules),
          getResources: async (entityRefs) => readImageEntities(catalog, auth, entityRefs),
        });
        const rules = permissionsRegistry.getPermissionRuleset(imageEntityResourceRef);
        const isAllowed = createConditionAuthorizer(rules);
        const entities = createEntityReader({ catalog, permissions, isAllowed });
        const readEntities = async () => entities.readAll(await auth.getOwnServiceCredentials());
        const limit = { now, liveCheckMaxAgeMs: config.refresh.liveChecks.maxAgeSeconds * 1000 };
        const recorded = createImageStore(database);
        const running = config.kubernetes.enabled
          ? createRunningImages({
              readRunning: createReadRunning({ auth, discovery: services.discovery, now }),
              store: createRunningStore(database),
              readNames: (entityRefs) => readImageNames(database, entityRefs),
              auth,
              now,
              logger,
              maxAgeMs: config.cache.liveSeconds * 1000,
              onRead: (entityRefs) => states.updateEntityRefs(entityRefs),
            })
          : NO_RUNNING_IMAGES;
        const states = createImageStates(database, { instances, store: recorded, running, ...limit });
        const store = withImageStates(recorded, states, logger);
        const copy = createEntityCopy({ ...services, database, instances, states, readEntities, now });
        const readReadable = createReadableEntities({
          catalog,
          permissions,
          toQuery: createConditionTransformer(rules),
        });
        const deliverers = createDeliverers({
          ...services,
          config: config.notifications,
          channels: [backstageChannel(services.notifications), ...channels],
          database,
          store,
          instances,
          readEntities,
          metrics,
          now,
        });
        /** Announces moves soon. The task retries it, and sends the notifications. */
        const announce = (): void => void deliverers.announce.run();

        const { inventorySeconds, liveSeconds, failureSeconds, refreshSeconds } = config.cache;
        const lookUpImage = createLookUpImage({
          knownImages,
          store,
          lifetimes: {
            inventoryMs: inventorySeconds * 1000,
            liveMs: liveSeconds * 1000,
            failureMs: failureSeconds * 1000,
            refreshMs: refreshSeconds * 1000,
          },
          now,
          logger,
          onLookUp,
          onMoves: announce,
        });
        const { retentionDays } = config.history;
        const { perMinute } = config.refresh.liveChecks;
        const service = createImageService({
          entities,
          instances,
          lookUpImage,
          running,
          mayReadPlaces: createMayReadPlaces(permissions),
          listRepository: createListRepository(cache, inventorySeconds * 1000),
          store,
          overview: createOverview({ database, copy, readReadable, instances, store, running, ...limit }),
          retentionDays,
          pageDeadlineMs: config.pages.deadlineSeconds * 1000,
          ...limit,
          onFailure,
        });

        registerActions(actionsRegistry, service, auditor);
        httpRouter.use(createRouter({ service, httpAuth, auditor }));

        const { enabled, frequencySeconds, slowestSeconds, timeoutSeconds, requestsPerSecond } =
          config.refresh;
        const refreshInstances = openInstances(
          config.instances.map((instance) => ({
            ...instance,
            requestsPerSecond: Math.min(requestsPerSecond, instance.requestsPerSecond ?? requestsPerSecond),
          })),
          breakers,
          onResponse,
        );
        lifecycle.addShutdownHook(() => refreshInstances.close());
        const onMoved = async (identity: ImageIdentity): Promise<void> => {
          await knownImages.forget(identity);
          announce();
        };
        const refresh = {
          instances: refreshInstances,
          store,
          schedule: createScheduleStore(database),
          listings: createListingProgress(database),
          interval: { shortestMs: frequencySeconds * 1000, longestMs: slowestSeconds * 1000 },
          logger,
          now,
          random: Math.random,
          onMoved,
        };
        const liveCheckStore = createLiveCheckStore(database);
        const liveChecks: LiveCheckOptions = {
          instances: refreshInstances,
          store,
          liveChecks: liveCheckStore,
          perMinute,
          maxAgeMs: limit.liveCheckMaxAgeMs,
          periodMs: Math.min(60, frequencySeconds) * 1000,
          logger,
          now,
          random: Math.random,
          onChecked: metrics.onLiveCheck,
          onMoved,
        };
        await scheduleTasks({
          scheduler: services.scheduler,
          frequencySeconds,
          timeoutSeconds,
          refresh: enabled ? refresh : undefined,
          liveChecks: enabled && perMinute > 0 ? liveChecks : undefined,
          onRefreshed: async (declaring) => {
            await running.refresh(declaring);
            const images = await weighImages({ instances, store, running, ...limit }, declaring);
            await liveCheckStore.setWeights(images, now());
            const longMs = config.notifications.notVerifiedHours * 3_600_000;
            await liveCheckStore.reportUnverified(now() - longMs, now());
            metrics.onStates(images.map(({ identity, state }) => ({ instance: identity.instance, state })));
          },
          readEntities: async () => {
            const declaring = await readEntities();
            await copy
              .write(declaring)
              .catch((error) => logger.error('copying the entities for the overview failed', toError(error)));
            return declaring;
          },
          deliverers,
          prune: async () => {
            const before = new Date(now() - retentionDays * 86_400_000);
            await pruneHistory(database, before, declaredIdentities(instances, await readEntities()));
          },
        });
      },
    });
  },
});
