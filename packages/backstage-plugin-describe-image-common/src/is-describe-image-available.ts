import type { Entity } from '@backstage/catalog-model';
import { CONTAINER_IMAGE_IDS_ANNOTATION, CONTAINER_IMAGES_ANNOTATION } from './annotations.ts';

/** Whether an entity has an annotation that names images, readable or not. @public */
export function isDescribeImageAvailable(entity: Entity): boolean {
  const annotations = entity.metadata.annotations ?? {};
  return CONTAINER_IMAGES_ANNOTATION in annotations || CONTAINER_IMAGE_IDS_ANNOTATION in annotations;
}
