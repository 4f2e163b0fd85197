import type { Instances } from '../instances/open-instances.ts';
import { type ImageIdentity, nameOf } from '../store/image-identity.ts';
import type { DeclaringEntity } from './entity-reader.ts';

/** The images that entities declare, without duplicates. Images whose instance is not configured are omitted. */
export function declaredIdentities(
  instances: Pick<Instances, 'find'>,
  entities: readonly DeclaringEntity[],
): readonly ImageIdentity[] {
  const identities = new Map<string, ImageIdentity>();
  for (const { declaration } of entities) {
    const instance = instances.find(declaration.instance)?.name;
    if (instance === undefined) continue;
    for (const { key } of declaration.images) identities.set(nameOf({ instance, key }), { instance, key });
  }
  return [...identities.values()];
}
