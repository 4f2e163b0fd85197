import type { Entity } from '@backstage/catalog-model';
import { CONTAINER_IMAGES_ANNOTATION } from '@describe-image/backstage-plugin-describe-image-common';
import { exampleImages } from './example-images.ts';

function component(name: string, owner: string, system: string, annotation: string | undefined): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      ...(annotation === undefined ? {} : { annotations: { [CONTAINER_IMAGES_ANNOTATION]: annotation } }),
    },
    spec: { type: 'service', lifecycle: 'production', owner, system },
    relations: [
      { type: 'ownedBy', targetRef: `group:default/${owner}` },
      { type: 'partOf', targetRef: `system:default/${system}` },
    ],
  };
}

const { clean, drifting, risky, unscanned, scanning, scanFailed, failing, failingButKnown } = exampleImages;
const allImages = Object.values(exampleImages);

/** Components with images in every state, one that declares all images, and one without images. */
export const exampleEntities = {
  fine: component('checkout', 'team-shop', 'shop', clean.key),
  drifting: component('cart', 'team-shop', 'shop', `${drifting.key}\n${clean.key}`),
  risky: component('billing', 'team-shop', 'shop', risky.key),
  unscanned: component(
    'indexer',
    'team-search',
    'search',
    `${unscanned.key}\n${scanning.key}\n${scanFailed.key}`,
  ),
  failing: component(
    'exporter',
    'team-data',
    'data',
    `${failing.key}\n${failingButKnown.key}\nhttps://no-tag`,
  ),
  every: component('every-state', 'team-data', 'data', allImages.map(({ key }) => key).join('\n')),
  undeclared: component('website', 'team-shop', 'shop', undefined),
} as const;
