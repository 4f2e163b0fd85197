import {
  type Entity,
  getCompoundEntityRef,
  parseEntityRef,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';

/** The entity ref of the owner, who is notified of moved tags. */
export function ownerOf(entity: Entity): string | undefined {
  return relatedRef(entity, RELATION_OWNED_BY, 'owner', 'group');
}

/** The entity ref of the system that an entity is part of. */
export function systemOf(entity: Entity): string | undefined {
  return relatedRef(entity, RELATION_PART_OF, 'system', 'system');
}

/** Prefers the relation that the catalog computed over the field in the entity's spec. */
function relatedRef(entity: Entity, type: string, field: string, kind: string): string | undefined {
  const relation = entity.relations?.find(
    (candidate) =>
      candidate.type === type && (type !== RELATION_PART_OF || candidate.targetRef.startsWith(`${kind}:`)),
  );
  if (relation !== undefined) return relation.targetRef;
  const written = entity.spec?.[field];
  if (typeof written !== 'string' || written === '') return undefined;
  const { namespace } = getCompoundEntityRef(entity);
  try {
    return stringifyEntityRef(parseEntityRef(written, { defaultKind: kind, defaultNamespace: namespace }));
  } catch {
    // Not a valid entity reference.
    return undefined;
  }
}
