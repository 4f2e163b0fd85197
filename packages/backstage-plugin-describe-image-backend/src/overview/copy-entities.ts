import { createHash } from 'node:crypto';
import type { AnnotationFault } from '@describe-image/backstage-plugin-describe-image-common';
import type { Knex } from 'knex';
import { inChunks } from '../store/tables.ts';
import type { Declaration } from './declaration.ts';

/** An entity as the overview needs it. */
export interface CopiedEntity {
  readonly entityRef: string;
  readonly title: string;
  readonly ownerRef: string | undefined;
  readonly ownerName: string | undefined;
  readonly systemRef: string | undefined;
  readonly systemName: string | undefined;
  readonly images: readonly CopiedImage[];
  readonly faults: readonly AnnotationFault[];
}

/** An image of an entity, and the instance that has it. */
interface CopiedImage extends Declaration {
  /** Absent when the instance is not configured. */
  readonly configuredInstance: string | undefined;
}

const CHUNK = 100;

/** Changes whenever the format of the tables changes, so that a new version of this package writes all entities again. */
const FORMAT = 1;

/**
 * Makes the copy of the entities equal to the given ones. Writes only entities that changed. Their images have the state `not-verified`
 * until their states are updated.
 *
 * @returns The ids of the entities that were written.
 */
export async function copyEntities(
  database: Knex,
  entities: readonly CopiedEntity[],
): Promise<readonly number[]> {
  const rows: { id: number; entity_ref: string; fingerprint: string }[] = await database(
    'declaring_entities',
  ).select('id', 'entity_ref', 'fingerprint');
  const stored = new Map(rows.map(({ entity_ref, fingerprint }) => [entity_ref, fingerprint]));
  const changed = entities
    .map((entity) => ({ entity, fingerprint: fingerprintOf(entity) }))
    .filter(({ entity, fingerprint }) => stored.get(entity.entityRef) !== fingerprint)
    // A fixed order prevents deadlocks between back ends.
    .sort((a, b) => (a.entity.entityRef < b.entity.entityRef ? -1 : 1));

  const written: number[] = [];
  for (const chunk of inChunks(changed, CHUNK))
    written.push(...(await database.transaction((transaction) => writeChunk(transaction, chunk))));

  const kept = new Set(entities.map(({ entityRef }) => entityRef));
  const removed = rows.filter(({ entity_ref }) => !kept.has(entity_ref)).map(({ id }) => id);
  for (const ids of inChunks(removed))
    await database.transaction(async (transaction) => {
      await deleteContents(transaction, ids);
      await transaction('declaring_entities').whereIn('id', ids).delete();
    });
  return written;
}

async function writeChunk(
  transaction: Knex.Transaction,
  chunk: readonly { readonly entity: CopiedEntity; readonly fingerprint: string }[],
): Promise<readonly number[]> {
  const rows: { id: number; entity_ref: string }[] = await transaction('declaring_entities')
    .insert(
      chunk.map(({ entity, fingerprint }) => ({
        entity_ref: entity.entityRef,
        title: entity.title,
        owner_ref: entity.ownerRef ?? null,
        owner_name: entity.ownerName ?? null,
        system_ref: entity.systemRef ?? null,
        system_name: entity.systemName ?? null,
        fingerprint,
      })),
    )
    .onConflict('entity_ref')
    .merge()
    .returning(['id', 'entity_ref']);
  const ids = new Map(rows.map(({ id, entity_ref }) => [entity_ref, id]));
  await deleteContents(transaction, [...ids.values()]);
  const images = chunk.flatMap(({ entity }) =>
    entity.images.map((image, position) => imageRow(ids.get(entity.entityRef), entity, image, position)),
  );
  const faults = chunk.flatMap(({ entity }) =>
    entity.faults.map((fault, position) => ({
      entity_id: ids.get(entity.entityRef),
      position,
      fault: JSON.stringify(fault),
      search_text: searchText(entity.entityRef, entity.title, fault.text),
    })),
  );
  for (const part of inChunks(images, CHUNK)) await transaction('declared_images').insert(part);
  for (const part of inChunks(faults, CHUNK)) await transaction('annotation_faults').insert(part);
  return [...ids.values()];
}

function imageRow(
  entity_id: number | undefined,
  { entityRef, title }: CopiedEntity,
  { configuredInstance, instance, image }: CopiedImage,
  position: number,
) {
  return {
    entity_id,
    position,
    instance: configuredInstance ?? null,
    image_key: image.key,
    declaration: JSON.stringify({ instance, image }),
    repository: '',
    search_text: searchText(entityRef, title, image.key, image.label),
    digests: '',
    state: 'not-verified',
    clean_until: null,
  };
}

/** Foreign keys do not cascade in SQLite unless a connection enables them. */
async function deleteContents(transaction: Knex.Transaction, entityIds: readonly number[]): Promise<void> {
  await transaction('declared_images').whereIn('entity_id', entityIds).delete();
  await transaction('annotation_faults').whereIn('entity_id', entityIds).delete();
}

function searchText(...texts: readonly (string | undefined)[]): string {
  return texts
    .filter((text) => text !== undefined)
    .join('\n')
    .toLowerCase();
}

function fingerprintOf(entity: CopiedEntity): string {
  return createHash('sha256')
    .update(JSON.stringify([FORMAT, entity]))
    .digest('hex');
}
