import { coreServices, createBackendPlugin, type DatabaseService } from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef, metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { describeImagePermissions } from '@describe-image/backstage-plugin-describe-image-common';
import { registerActions } from './actions/register-actions.ts';
import { openInstances } from './clients/open-instances.ts';
import { readConfig } from './config/read-config.ts';
import { createEntityReader } from './entities/entity-reader.ts';
import type { ImageStore } from './history/image-store.ts';
import { createAskImage } from './images/ask-image.ts';
import { createKnownImages } from './images/known-images.ts';
import { createMetrics } from './metrics/create-metrics.ts';
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
export const createDescribeImagePlugin = (openStore: OpenStore) =>
  createBackendPlugin({
    pluginId: 'describe-image',
    register(env) {
      env.registerInit({
        deps: {
          actionsRegistry: actionsRegistryServiceRef,
          auditor: coreServices.auditor,
          cache: coreServices.cache,
          catalog: catalogServiceRef,
          config: coreServices.rootConfig,
          database: coreServices.database,
          httpAuth: coreServices.httpAuth,
          httpRouter: coreServices.httpRouter,
          lifecycle: coreServices.lifecycle,
          logger: coreServices.logger,
          metrics: metricsServiceRef,
          permissions: coreServices.permissions,
          permissionsRegistry: coreServices.permissionsRegistry,
        },
        async init(services) {
          const { actionsRegistry, auditor, cache, catalog, httpAuth, httpRouter, lifecycle, logger } =
            services;
          const { permissions, permissionsRegistry } = services;
          const config = readConfig(services.config);
          if (config.instances.length === 0)
            logger.warn('describeImage.instances is empty: no image can be looked up until one is added');

          const { onResponse, onLookUp, onFailure } = createMetrics(services.metrics);
          const instances = openInstances(config.instances, onResponse);
          lifecycle.addShutdownHook(() => instances.close());

          const store = await openStore(services.database, config.history.retentionDays);
          const knownImages = createKnownImages(cache);
          const { inventorySeconds, liveSeconds, failureSeconds, refreshSeconds } = config.cache;
          const now = Date.now;
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
            onMoves: async () => {},
          });
          const service = createImageService({
            entities: createEntityReader({ catalog, permissions }),
            instances,
            askImage,
            listRepository: createListRepository(cache, inventorySeconds * 1000),
            store,
            retentionDays: config.history.retentionDays,
            now,
            onFailure,
          });

          permissionsRegistry.addPermissions([...describeImagePermissions]);
          registerActions(actionsRegistry, service, auditor);
          httpRouter.use(createRouter({ service, httpAuth, auditor }));
        },
      });
    },
  });

type OpenStore = (database: DatabaseService, retentionDays: number) => Promise<ImageStore>;
