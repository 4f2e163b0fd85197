import {
  type BasicPermission,
  createPermission,
  type Permission,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';

/** Permission to see the digests, the history and the risk of images of entities that the user may read. @public */
export const describeImageReadPermission: BasicPermission = createPermission({
  name: 'describeImage.image.read',
  attributes: { action: 'read' },
});

/** Permission to pin references that no entity declares, for example in a template that creates an entity. @public */
export const describeImageReferenceReadPermission: BasicPermission = createPermission({
  name: 'describeImage.reference.read',
  attributes: { action: 'read' },
});

/** Resource type of {@link describeImageEntityReadPermission}. @public */
export const RESOURCE_TYPE_DESCRIBE_IMAGE_ENTITY = 'describe-image-entity';

/**
 * Permission to see the images of one entity, in addition to {@link describeImageReadPermission}. A policy can decide by conditions, for
 * example that the user owns the entity. The resource is the entity ref.
 *
 * @public
 */
export const describeImageEntityReadPermission: ResourcePermission<
  typeof RESOURCE_TYPE_DESCRIBE_IMAGE_ENTITY
> = createPermission({
  name: 'describeImage.entity.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_DESCRIBE_IMAGE_ENTITY,
});

/** All permissions of this plugin. @public */
export const describeImagePermissions: readonly Permission[] = [
  describeImageReadPermission,
  describeImageReferenceReadPermission,
  describeImageEntityReadPermission,
];
