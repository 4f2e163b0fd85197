/**
 * A module of Tech Insights with facts about images. Add it with
 * `backend.add(import('@describe-image/backstage-plugin-describe-image-backend/tech-insights-module'))`.
 *
 * @packageDocumentation
 */

import { createBackendModule } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import {
  type FactRetriever,
  type FactRetrieverContext,
  techInsightsFactRetrieversExtensionPoint,
} from '@backstage-community/plugin-tech-insights-node';
import {
  type ImageOverview,
  type ImageReport,
  imageOverviewSchema,
  isVerified,
} from '@describe-image/backstage-plugin-describe-image-common';
import { DECLARES_IMAGES } from './entities/entity-reader.ts';

const PAGE_SIZE = 100;

/** The facts of an entity. A fact is true when it is known for each image: unknown is neither verified nor scanned. */
const factRetriever: FactRetriever = {
  id: 'describe-image',
  version: '0.1.0',
  title: 'Container images',
  description: 'Digests and scans of the container images that an entity declares',
  entityFilter: DECLARES_IMAGES,
  schema: {
    images: { type: 'integer', description: 'Number of images' },
    pinned: { type: 'boolean', description: 'The entity declares the expected digest of each image' },
    drift: { type: 'boolean', description: 'The known digests of an image differ' },
    verified: { type: 'boolean', description: 'DescribeImage returned the digest of each image recently' },
    scanned: { type: 'boolean', description: 'A scan of the present digest of each image has finished' },
  },
  async handler(context) {
    const images = new Map<string, ImageReport[]>();
    for await (const { entityRef, image } of readRows(context)) {
      const ofEntity = images.get(entityRef) ?? [];
      images.set(entityRef, ofEntity);
      ofEntity.push(image);
    }
    const now = Date.now();
    return [...images].map(([entityRef, ofEntity]) => ({
      entity: parseEntityRef(entityRef),
      facts: {
        images: ofEntity.length,
        pinned: ofEntity.every(({ declared }) => declared !== undefined),
        drift: ofEntity.some(({ drift }) => drift === 'drift'),
        verified: ofEntity.every((image) => isVerified(image, now)),
        scanned: ofEntity.every(({ scanIsCurrent }) => scanIsCurrent === true),
      },
    }));
  },
};

/** Reads all rows of the overview from the back end of the plugin. */
async function* readRows({
  auth,
  discovery,
}: FactRetrieverContext): AsyncGenerator<ImageOverview['rows'][number]> {
  const url = await discovery.getBaseUrl('describe-image');
  for (let page = 1; ; page++) {
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: 'describe-image',
    });
    const response = await fetch(`${url}/overview?page=${page}&pageSize=${PAGE_SIZE}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    if (!response.ok) throw await ResponseError.fromResponse(response);
    const { rows, matching } = imageOverviewSchema.parse(await response.json());
    yield* rows;
    if (page * PAGE_SIZE >= matching) return;
  }
}

/**
 * Adds the fact retriever `describeImageFactRetriever` to Tech Insights. `tech-insights-checks.yaml` of this package has checks for its facts.
 *
 * @public
 */
const techInsightsModule = createBackendModule({
  pluginId: 'tech-insights',
  moduleId: 'describe-image',
  register(env) {
    env.registerInit({
      deps: { factRetrievers: techInsightsFactRetrieversExtensionPoint },
      async init({ factRetrievers }) {
        factRetrievers.addFactRetrievers({ describeImageFactRetriever: factRetriever });
      },
    });
  },
});

export default techInsightsModule;
