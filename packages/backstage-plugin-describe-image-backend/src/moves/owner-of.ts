import { type Entity, parseEntityRef, RELATION_OWNED_BY, stringifyEntityRef } from '@backstage/catalog-model';

/** Who is told of what happens to an entity's images: the catalog's relation, else what its author wrote. */
export function ownerOf(entity: Entity): string | undefined {
  const related = entity.relations?.find(({ type }) => type === RELATION_OWNED_BY)?.targetRef;
  if (related !== undefined) return related;
  const written = entity.spec?.['owner'];
  if (typeof written !== 'string' || written === '') return undefined;
  const defaultNamespace = entity.metadata.namespace ?? 'default';
  try {
    return stringifyEntityRef(parseEntityRef(written, { defaultKind: 'Group', defaultNamespace }));
  } catch {
    return undefined;
  }
}
