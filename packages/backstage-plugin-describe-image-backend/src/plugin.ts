import { coreServices, createBackendPlugin } from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef, metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { describeImagePermissions } from '@describe-image/backstage-plugin-describe-image-common';
import { registerActions } from './actions/register-actions.ts';
import { openInstances } from './clients/open-instances.ts';
import { readConfig } from './config/read-config.ts';
import { createEntityReader } from './entities/entity-reader.ts';
import { createImageStore } from './history/create-image-store.ts';
import { migrate } from './history/migrate.ts';
import { pruneHistory } from './history/prune-history.ts';
import { createAskImage } from './images/ask-image.ts';
import { createKnownImages } from './images/known-images.ts';
import { createMetrics } from './metrics/create-metrics.ts';
import { openMoves } from './moves/open-moves.ts';
import { createScheduleStore } from './refresh/schedule-store.ts';
import { startRefresh } from './refresh/start-refresh.ts';
import { createRouter } from './router/create-router.ts';
import { createImageService } from './service/create-image-service.ts';
import { createListRepository } from './service/list-repository.ts';

/**
 * The back end of the plugin describe-image. Its configuration is below `describeImage`.
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
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        cache: coreServices.cache,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
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
          logger.warn('describeImage.instances is empty: no image can be looked up until one is added');

        const { onResponse, onLookUp, onFailure } = createMetrics(services.metrics);
        const instances = openInstances(config.instances, onResponse);
        lifecycle.addShutdownHook(() => instances.close());

        await migrate(services.database);
        const database = await services.database.getClient();
        const store = createImageStore({ database });
        const knownImages = createKnownImages(cache);
        const entities = createEntityReader({ catalog, permissions });
        const readEntities = async () => entities.readAll(await auth.getOwnServiceCredentials());
        const now = Date.now;
        const tellMoves = openMoves({ ...services, database, instances, readEntities, now });

        const { inventorySeconds, liveSeconds, failureSeconds, refreshSeconds } = config.cache;
        const askImage = createAskImage({
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
          onMoves: tellMoves,
        });
        const { retentionDays } = config.history;
        const service = createImageService({
          entities,
          instances,
          askImage,
          listRepository: createListRepository(cache, inventorySeconds * 1000),
          store,
          retentionDays,
          now,
          onFailure,
        });

        permissionsRegistry.addPermissions([...describeImagePermissions]);
        registerActions(actionsRegistry, service, auditor);
        httpRouter.use(createRouter({ service, httpAuth, auditor }));

        const { enabled, frequencySeconds, slowestSeconds, timeoutSeconds, requestsPerSecond } =
          config.refresh;
        const paced = openInstances(
          config.instances.map((instance) => ({
            ...instance,
            requestsPerSecond: Math.min(requestsPerSecond, instance.requestsPerSecond ?? requestsPerSecond),
          })),
          onResponse,
        );
        lifecycle.addShutdownHook(() => paced.close());
        const refresh = {
          instances: paced,
          store,
          schedule: createScheduleStore(database),
          pace: { shortestMs: frequencySeconds * 1000, longestMs: slowestSeconds * 1000 },
          logger,
          now,
          random: Math.random,
          onMoved: knownImages.forget,
        };
        await startRefresh({
          scheduler: services.scheduler,
          frequencySeconds,
          timeoutSeconds,
          refresh: enabled ? refresh : undefined,
          readEntities,
          tellMoves,
          prune: () => pruneHistory(database, new Date(now() - retentionDays * 86_400_000)),
        });
      },
    });
  },
});
