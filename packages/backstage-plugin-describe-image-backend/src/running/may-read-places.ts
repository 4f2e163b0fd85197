import type { BackstageCredentials, PermissionsService } from '@backstage/backend-plugin-api';
import { createPermission } from '@backstage/plugin-permission-common';

/** Whether a caller may see where images run. */
export type MayReadPlaces = (credentials: BackstageCredentials) => Promise<boolean>;

/** The permission of the Kubernetes plugin, by its name, so that this package does not depend on it. */
const kubernetesResourcesReadPermission = createPermission({
  name: 'kubernetes.resources.read',
  attributes: { action: 'read' },
});

export function createMayReadPlaces(permissions: PermissionsService): MayReadPlaces {
  return async (credentials) => {
    const [decision] = await permissions.authorize([{ permission: kubernetesResourcesReadPermission }], {
      credentials,
    });
    return decision?.result === 'ALLOW';
  };
}
