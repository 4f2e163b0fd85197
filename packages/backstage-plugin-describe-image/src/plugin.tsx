import {
  ApiBlueprint,
  createFrontendPlugin,
  createRouteRef,
  discoveryApiRef,
  fetchApiRef,
  type OverridableFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { EntityCardBlueprint, EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { isDescribeImageAvailable } from '@describe-image/backstage-plugin-describe-image-common';
import { describeImageApiRef } from './api/describe-image-api.ts';
import { lazyDescribeImageClient } from './api/lazy-describe-image-client.ts';
import { Icon } from './elements/icons.tsx';
import { describeImageTranslationRef } from './translations/translation-ref.ts';

/** Backstage 1.57 translates titles. In earlier releases, a translation ref cannot be called. */
const titles =
  typeof describeImageTranslationRef === 'function'
    ? { tab: describeImageTranslationRef('tab.title'), page: describeImageTranslationRef('overview.title') }
    : { tab: 'Images', page: 'Container images' };

/** Route of the page with the images of all entities. */
const rootRouteRef = createRouteRef();

const api = ApiBlueprint.make({
  params: (defineParams) =>
    defineParams({
      api: describeImageApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: lazyDescribeImageClient,
    }),
});

/** `entity-card:describe-image/images`: the app's configuration can change its type and filter. */
const card = EntityCardBlueprint.make({
  name: 'images',
  params: {
    type: 'info',
    filter: isDescribeImageAvailable,
    loader: async () => {
      const { ImagesCard } = await import('./entity/images-card.tsx');
      return <ImagesCard />;
    },
  },
});

/** `entity-content:describe-image/images` */
const content = EntityContentBlueprint.make({
  name: 'images',
  params: {
    path: '/images',
    title: titles.tab,
    group: 'deployment',
    icon: <Icon name="boxes" />,
    filter: isDescribeImageAvailable,
    loader: async () => {
      const { ImagesTab } = await import('./entity/images-tab.tsx');
      return <ImagesTab />;
    },
  },
});

/** `page:describe-image`: Backstage adds it to the sidebar. */
const page = PageBlueprint.make({
  params: {
    path: '/container-images',
    routeRef: rootRouteRef,
    title: titles.page,
    icon: <Icon name="boxes" size={20} />,
    loader: async () => {
      const { ImagesPage } = await import('./overview/images-page.tsx');
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
