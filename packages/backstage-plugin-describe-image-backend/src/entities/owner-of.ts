import {
  type Entity,
  getCompoundEntityRef,
  parseEntityRef,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';

/** Who owns an entity, and is told of what happens to its images. */
export function ownerOf(entity: Entity): string | undefined {
  return relationOf(entity, RELATION_OWNED_BY, 'owner', 'group');
}

/** The system that an entity is part of. */
export function systemOf(entity: Entity): string | undefined {
  return relationOf(entity, RELATION_PART_OF, 'system', 'system');
}

/** By the relation that the catalog made, else as the entity says itself. */
function relationOf(entity: Entity, type: string, field: string, kind: string): string | undefined {
  const related = entity.relations?.find(
    ({ type: found, targetRef }) =>
      found === type && (type !== RELATION_PART_OF || targetRef.startsWith(`${kind}:`)),
  );
  if (related !== undefined) return related.targetRef;
  const said = entity.spec?.[field];
  if (typeof said !== 'string' || said === '') return undefined;
  const { namespace } = getCompoundEntityRef(entity);
  try {
    return stringifyEntityRef(parseEntityRef(said, { defaultKind: kind, defaultNamespace: namespace }));
  } catch {
    // What the catalog could not read as a reference is nobody's name.
    return undefined;
  }
}
