import type { BackstageCredentials, PermissionsService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { readDisplayNames } from './display-names.ts';
import { DECLARES_IMAGES } from './entity-reader.ts';

/** The refs of the entities that a caller may read, or all of them. */
export type ReadableEntities = 'all' | ReadonlySet<string>;

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
 * Decides by the catalog's own permission to read entities. When its decision has conditions, the catalog applies them. Callers with the
 * same conditions share the result until the entities are read again.
 */
export function createReadableEntities(services: {
  readonly catalog: CatalogService;
  readonly permissions: PermissionsService;
}): ReadReadableEntities {
  const { catalog, permissions } = services;
  const cached = new Map<string, { version: number; refs: Promise<ReadonlySet<string>> }>();
  return async ({ credentials, version, relatedRefs }) => {
    const [decision] = await permissions.authorizeConditional([{ permission: catalogEntityReadPermission }], {
      credentials,
    });
    if (decision?.result === 'ALLOW') return 'all';
    if (decision?.result !== 'CONDITIONAL') return new Set();
    const conditions = JSON.stringify(decision.conditions);
    const known = cached.get(conditions);
    if (known?.version === version) return known.refs;
    const refs = read(credentials, relatedRefs);
    if (cached.size >= MAX_CACHED) cached.clear();
    cached.set(conditions, { version, refs });
    refs.catch(() => cached.delete(conditions));
    return refs;
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
