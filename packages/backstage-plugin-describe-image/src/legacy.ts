/**
 * Digests, scan results and drift of an entity's container images on Alibaba Cloud, for the old frontend system.
 *
 * @packageDocumentation
 */
import {
  type BackstagePlugin,
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  createRouteRef,
  discoveryApiRef,
  fetchApiRef,
  type RouteRef,
} from '@backstage/core-plugin-api';
import { describeImageApiRef } from './api/describe-image-api.ts';
import { lazyDescribeImageClient } from './api/lazy-describe-image-client.ts';

const pageRouteRef: RouteRef = createRouteRef({ id: 'describe-image' });
const contentRouteRef: RouteRef = createRouteRef({ id: 'describe-image-entity' });

/** The plugin for the old frontend system. @public */
export const describeImagePlugin: BackstagePlugin<{ root: RouteRef; entityContent: RouteRef }> = createPlugin(
  {
    id: 'describe-image',
    apis: [
      createApiFactory({
        api: describeImageApiRef,
        deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
        factory: lazyDescribeImageClient,
      }),
    ],
    routes: { root: pageRouteRef, entityContent: contentRouteRef },
  },
);

/**
 * The card "Container images" for the overview of an entity page.
 *
 * @example
 * ```tsx
 * <EntityLayout.Route path="/" title="Overview">
 *   <EntityImagesCard />
 * </EntityLayout.Route>
 * ```
 *
 * @public
 */
export const EntityImagesCard: () => JSX.Element = describeImagePlugin.provide(
  createComponentExtension({
    name: 'EntityImagesCard',
    component: { lazy: () => import('./entity/images-card.tsx').then(({ ImagesCard }) => ImagesCard) },
  }),
);

/**
 * The content of the tab "Images" of an entity page.
 *
 * @example
 * ```tsx
 * <EntityLayout.Route if={isDescribeImageAvailable} path="/images" title="Images">
 *   <EntityImagesContent />
 * </EntityLayout.Route>
 * ```
 *
 * @public
 */
export const EntityImagesContent: () => JSX.Element = describeImagePlugin.provide(
  createRoutableExtension({
    name: 'EntityImagesContent',
    component: () => import('./entity/images-tab.tsx').then(({ ImagesTab }) => ImagesTab),
    mountPoint: contentRouteRef,
  }),
);

/**
 * The page with the images of all entities.
 *
 * @example
 * ```tsx
 * <Route path="/container-images" element={<ImagesPage />} />
 * ```
 *
 * @public
 */
export const ImagesPage: () => JSX.Element = describeImagePlugin.provide(
  createRoutableExtension({
    name: 'ImagesPage',
    component: () => import('./overview/images-page.tsx').then(({ LegacyImagesPage }) => LegacyImagesPage),
    mountPoint: pageRouteRef,
  }),
);

export { isDescribeImageAvailable } from '@describe-image/backstage-plugin-describe-image-common';
export { describeImageApiRef } from './api/describe-image-api.ts';
export { describeImageTranslationRef } from './translations/translation-ref.ts';
