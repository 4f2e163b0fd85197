import { type BasicPermission, createPermission } from '@backstage/plugin-permission-common';

/** To see digests, history and risk of the images of entities that one may read. @public */
export const describeImageReadPermission: BasicPermission = createPermission({
  name: 'describeImage.image.read',
  attributes: { action: 'read' },
});

/** All permissions of this plugin. @public */
export const describeImagePermissions: readonly BasicPermission[] = [describeImageReadPermission];
