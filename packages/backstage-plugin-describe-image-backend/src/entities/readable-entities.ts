import type { BackstageCredentials, PermissionsService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import type { ConditionTransformer } from '@backstage/plugin-permission-node';
import { describeImageEntityReadPermission } from '@describe-image/backstage-plugin-describe-image-common';
import type { OwnerQuery } from '../permissions/image-entity-rules.ts';
import { readDisplayNames } from './display-names.ts';
import { DECLARES_IMAGES, entityDenied } from './entity-reader.ts';

/** The entities that a caller may read. The same object until the entities are read again. */
export interface ReadableEntities {
  has(entityRef: string): boolean;
  /** JSON of the entity refs, for queries. Absent when the caller may read all entities. */
  readonly json?: string;
  /** Conditions on the owners of the entities. Absent when the caller may see the images of all readable entities. */
  readonly owners?: PermissionCriteria<OwnerQuery>;
}

/** For queries that are not on behalf of a caller. */
export const ALL_ENTITIES: ReadableEntities = { has: () => true };

/** What {@link ReadReadableEntities} decides about. */
interface ReadableRequest {
  readonly credentials: BackstageCredentials;
  /** Changes when the entities change. */
  readonly version: number;
  /** Refs of owners and systems. */
  readonly relatedRefs: () => Promise<readonly string[]>;
}

/** Returns which entities with images, owners and systems a caller may read. */
export type ReadReadableEntities = (request: ReadableRequest) => Promise<ReadableEntities>;

/** Bounds the memory: a set takes about 100 bytes per entity. */
const MAX_CACHED = 100;

/**
 * Decides by the catalog's permission to read entities and by the permission to see their images. When the decision of the catalog has
 * conditions, the catalog applies them. Callers with the same conditions share the result until the entities are read again.
 */
export function createReadableEntities(services: {
  readonly catalog: CatalogService;
  readonly permissions: PermissionsService;
  /** Converts the conditions on images. */
  readonly toQuery: ConditionTransformer<OwnerQuery>;
}): ReadReadableEntities {
  const { catalog, permissions, toQuery } = services;
  const cached = new Map<string, { version: number; readable: Promise<ReadableEntities> }>();
  return async ({ credentials, version, relatedRefs }) => {
    const [ofCatalog, ofImages] = await permissions.authorizeConditional(
      [{ permission: catalogEntityReadPermission }, { permission: describeImageEntityReadPermission }],
      { credentials },
    );
    if (ofImages === undefined || ofImages.result === 'DENY') throw entityDenied();
    if (ofCatalog === undefined || ofCatalog.result === 'DENY') return only(new Set());
    const owners = ofImages.result === 'CONDITIONAL' ? { owners: toQuery(ofImages.conditions) } : {};
    const key = JSON.stringify([ofCatalog, ofImages]);
    const known = cached.get(key);
    if (known?.version === version) return known.readable;
    const readable =
      ofCatalog.result === 'ALLOW'
        ? Promise.resolve({ has: () => true, ...owners })
        : read(credentials, relatedRefs).then((refs) => ({ ...only(refs), ...owners }));
    if (cached.size >= MAX_CACHED) cached.clear();
    cached.set(key, { version, readable });
    readable.catch(() => cached.delete(key));
    return readable;
  };

  async function read(
    credentials: BackstageCredentials,
    relatedRefs: ReadableRequest['relatedRefs'],
  ): Promise<ReadonlySet<string>> {
    const refs = new Set<string>();
    const request = { filter: DECLARES_IMAGES, fields: ['kind', 'metadata.namespace', 'metadata.name'] };
    for await (const page of catalog.streamEntities(request, { credentials }))
      for (const entity of page) refs.add(stringifyEntityRef(entity));
    const names = await readDisplayNames(catalog, await relatedRefs(), credentials);
    for (const ref of names.keys()) refs.add(ref);
    return refs;
  }
}

function only(refs: ReadonlySet<string>): ReadableEntities {
  return { has: (entityRef) => refs.has(entityRef), json: JSON.stringify([...refs]) };
}
