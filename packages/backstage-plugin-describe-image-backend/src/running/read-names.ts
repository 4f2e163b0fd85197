import type { Knex } from 'knex';
import { parseDeclaration } from '../overview/declaration.ts';
import { inChunks } from '../store/tables.ts';
import type { ImageName } from './match-running.ts';

/** Reads the names of all images that entities declare, by entity ref. */
export async function readImageNames(
  database: Knex,
  entityRefs: readonly string[],
): Promise<ReadonlyMap<string, readonly ImageName[]>> {
  const names = new Map<string, ImageName[]>();
  for (const chunk of inChunks(entityRefs)) {
    const rows: { entity_ref: string; repository: string; declaration: string }[] = await database(
      'declared_images as i',
    )
      .join('declaring_entities as e', 'e.id', 'i.entity_id')
      .whereIn('e.entity_ref', chunk)
      .select('e.entity_ref', 'i.repository', 'i.declaration');
    for (const { entity_ref, repository, declaration } of rows) {
      const { key } = parseDeclaration(declaration).image;
      const separator = key.lastIndexOf(':');
      const name = { repository: repository || key.slice(0, separator), tag: key.slice(separator + 1) };
      names.set(entity_ref, [...(names.get(entity_ref) ?? []), name]);
    }
  }
  return names;
}
