import type { BackstageCredentials, PermissionsService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { readDisplayNames } from './display-names.ts';
import { DECLARES_IMAGES } from './entity-reader.ts';

/** The entities that a caller may read. The same object until the entities are read again. */
export interface ReadableEntities {
  has(entityRef: string): boolean;
  /** JSON of the entity refs, for queries. Absent when the caller may read all entities. */
  readonly json?: string;
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
 * Decides by the catalog's own permission to read entities. When its decision has conditions, the catalog applies them. Callers with the
 * same conditions share the result until the entities are read again.
 */
export function createReadableEntities(services: {
  readonly catalog: CatalogService;
  readonly permissions: PermissionsService;
}): ReadReadableEntities {
  const { catalog, permissions } = services;
  const cached = new Map<string, { version: number; readable: Promise<ReadableEntities> }>();
  return async ({ credentials, version, relatedRefs }) => {
    const [decision] = await permissions.authorizeConditional([{ permission: catalogEntityReadPermission }], {
      credentials,
    });
    if (decision?.result === 'ALLOW') return readOnce('all', version, async () => ({ has: () => true }));
    if (decision?.result !== 'CONDITIONAL') return only(new Set());
    const conditions = JSON.stringify(decision.conditions);
    return readOnce(conditions, version, async () => only(await read(credentials, relatedRefs)));
  };

  function readOnce(
    key: string,
    version: number,
    readNow: () => Promise<ReadableEntities>,
  ): Promise<ReadableEntities> {
    const known = cached.get(key);
    if (known?.version === version) return known.readable;
    const readable = readNow();
    if (cached.size >= MAX_CACHED) cached.clear();
    cached.set(key, { version, readable });
    readable.catch(() => cached.delete(key));
    return readable;
  }

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
