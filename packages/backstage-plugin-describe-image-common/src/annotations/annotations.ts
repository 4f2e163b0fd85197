import type { Entity } from '@backstage/catalog-model';

/**
 * Annotation that lists the images of an entity by reference, one per line or separated by commas:
 * `[label =] host/namespace/repository:tag[@sha256:…]`. The digest is the one that the owner expects.
 *
 * @public
 */
export const CONTAINER_IMAGES_ANNOTATION = 'alibabacloud.com/container-images';

/**
 * Annotation that lists the images of an entity by the four ids of DescribeImage, in the same format:
 * `[label =] region/instance/repository:tag[@sha256:…]`, for example `cn-hangzhou/cri-…/crr-…:1.4.2`.
 *
 * @public
 */
export const CONTAINER_IMAGE_IDS_ANNOTATION = 'alibabacloud.com/container-image-ids';

/**
 * Annotation that selects an entry of `describeImage.instances` in the back end's configuration. Without it, the first entry is used.
 *
 * @public
 */
export const INSTANCE_ANNOTATION = 'alibabacloud.com/describe-image-instance';

/**
 * Annotation that selects the images of an entity whose events notify its owner: `all` (the default), `releases` for tags that are a version
 * such as `1.4.2`, or `none`.
 *
 * @public
 */
export const NOTIFICATIONS_ANNOTATION = 'alibabacloud.com/describe-image-notifications';

/**
 * Annotation that the module of the catalog adds to entities with invalid items in the annotations above: one fault per line, with
 * annotation, line and column.
 *
 * @public
 */
export const IMAGE_FAULTS_ANNOTATION = 'alibabacloud.com/container-image-faults';

/** Whether an entity has an annotation that lists images, valid or not. @public */
export function isDescribeImageAvailable(entity: Entity): boolean {
  const annotations = entity.metadata.annotations ?? {};
  return CONTAINER_IMAGES_ANNOTATION in annotations || CONTAINER_IMAGE_IDS_ANNOTATION in annotations;
}
