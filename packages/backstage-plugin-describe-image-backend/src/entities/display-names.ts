import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { DEFAULT_NAMESPACE, type Entity, parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { inChunks } from '../store/tables.ts';

/** Reads the names under which the catalog shows entities, by entity ref. Entities that the caller may not read are omitted. */
export async function readDisplayNames(
  catalog: Pick<CatalogService, 'getEntitiesByRefs'>,
  entityRefs: readonly string[],
  credentials: BackstageCredentials,
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (const chunk of inChunks([...new Set(entityRefs)])) {
    const request = {
      entityRefs: [...chunk],
      fields: ['kind', 'metadata.namespace', 'metadata.name', 'metadata.title', 'spec.profile.displayName'],
    };
    const { items } = await catalog.getEntitiesByRefs(request, { credentials });
    for (const entity of items)
      if (entity !== undefined) names.set(stringifyEntityRef(entity), displayNameOf(entity));
  }
  return names;
}

/** The name for an entity that cannot be read. */
export function nameOfRef(entityRef: string): string {
  const { namespace, name } = parseEntityRef(entityRef);
  return namespace === DEFAULT_NAMESPACE ? name : `${namespace}/${name}`;
}

/** In the order of Backstage's own presentation of entities. */
function displayNameOf({ metadata, spec }: Entity): string {
  const profile = spec?.['profile'];
  const displayName =
    typeof profile === 'object' && profile !== null && !Array.isArray(profile)
      ? profile['displayName']
      : undefined;
  return (typeof displayName === 'string' && displayName) || metadata.title || metadata.name;
}
