// Started by `pnpm dev`: the plugin with example data instead of a back end.
import { createDevApp } from '@backstage/frontend-dev-utils';
import { ApiBlueprint, createFrontendModule } from '@backstage/frontend-plugin-api';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import describeImagePlugin, { describeImageApiRef } from '../src/index.ts';
import translationsModule from '../src/translations.ts';
import { ExampleDescribeImageApi } from './example-describe-image-api.ts';
import { exampleEntities } from './example-entities.ts';

const exampleCatalog = createFrontendModule({
  pluginId: 'catalog',
  extensions: [
    ApiBlueprint.make({
      params: (defineParams) =>
        defineParams({
          api: catalogApiRef,
          deps: {},
          factory: () => catalogApiMock({ entities: Object.values(exampleEntities) }),
        }),
    }),
  ],
});

const exampleBackEnd = createFrontendModule({
  pluginId: 'describe-image',
  extensions: [
    ApiBlueprint.make({
      params: (defineParams) =>
        defineParams({ api: describeImageApiRef, deps: {}, factory: () => new ExampleDescribeImageApi() }),
    }),
  ],
});

createDevApp({
  features: [catalogPlugin, exampleCatalog, describeImagePlugin, exampleBackEnd, translationsModule],
});
