import { type BasicPermission, createPermission } from '@backstage/plugin-permission-common';

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

/** All permissions of this plugin. @public */
export const describeImagePermissions: readonly BasicPermission[] = [
  describeImageReadPermission,
  describeImageReferenceReadPermission,
];
