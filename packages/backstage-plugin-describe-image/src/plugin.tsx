import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  type OverridableFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { EntityCardBlueprint, EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { isDescribeImageAvailable } from '@describe-image/backstage-plugin-describe-image-common';
import { describeImageApiRef } from './api/describe-image-api-ref.ts';
import { lazyDescribeImageClient } from './api/lazy-describe-image-client.ts';
import { Icon } from './components/icons.tsx';
import { rootRouteRef } from './route-ref.ts';

const api = ApiBlueprint.make({
  params: (defineParams) =>
    defineParams({
      api: describeImageApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: lazyDescribeImageClient,
    }),
});

/** `entity-card:describe-image/images`; the app's configuration can move or refilter it. */
const card = EntityCardBlueprint.make({
  name: 'images',
  params: {
    type: 'info',
    filter: isDescribeImageAvailable,
    loader: async () => {
      const { ImagesCard } = await import('./components/images-card.tsx');
      return <ImagesCard />;
    },
  },
});

/** `entity-content:describe-image/images` */
const content = EntityContentBlueprint.make({
  name: 'images',
  params: {
    path: '/images',
    title: 'Images',
    group: 'deployment',
    icon: <Icon name="boxes" />,
    filter: isDescribeImageAvailable,
    loader: async () => {
      const { ImagesTab } = await import('./components/images-tab.tsx');
      return <ImagesTab />;
    },
  },
});

/** `page:describe-image`, with its entry in the navigation. */
const page = PageBlueprint.make({
  params: {
    path: '/container-images',
    routeRef: rootRouteRef,
    title: 'Container images',
    icon: <Icon name="boxes" size={20} />,
    loader: async () => {
      const { ImagesPage } = await import('./components/images-page.tsx');
      return <ImagesPage />;
    },
  },
});

/** The plugin for the new frontend system. @public */
export const describeImagePlugin: OverridableFrontendPlugin = createFrontendPlugin({
  pluginId: 'describe-image',
  title: 'Container images',
  icon: <Icon name="boxes" size={20} />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef },
  extensions: [api, card, content, page],
});
