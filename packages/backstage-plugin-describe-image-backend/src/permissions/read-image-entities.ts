import type { AuthService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { ownerOf } from '../entities/relations.ts';
import type { ImageEntity } from './image-entity-rules.ts';

/** Reads the resources of the permission to see the images of an entity. Entities that do not exist are `undefined`. */
export async function readImageEntities(
  catalog: Pick<CatalogService, 'getEntitiesByRefs'>,
  auth: Pick<AuthService, 'getOwnServiceCredentials'>,
  entityRefs: readonly string[],
): Promise<(ImageEntity | undefined)[]> {
  const request = {
    entityRefs: [...entityRefs],
    fields: ['kind', 'metadata.namespace', 'metadata.name', 'spec.owner', 'relations'],
  };
  const credentials = await auth.getOwnServiceCredentials();
  const { items } = await catalog.getEntitiesByRefs(request, { credentials });
  return items.map((entity) => entity && { ownerRef: ownerOf(entity) });
}
