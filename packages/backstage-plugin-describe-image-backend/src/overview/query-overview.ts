import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import { IMAGE_STATES, type ImageState } from '@describe-image/backstage-plugin-describe-image-common';
import type { Knex } from 'knex';
import type { ReadableEntities } from '../entities/readable-entities.ts';
import type { OwnerQuery } from '../permissions/image-entity-rules.ts';
import { inChunks } from '../store/tables.ts';

/** Selects images. Absent and empty filters match all images. */
export interface OverviewFilters {
  readonly owner?: string | undefined;
  readonly system?: string | undefined;
  readonly state?: ImageState | undefined;
  readonly repository?: string | undefined;
  readonly search: string;
}

/** Who asks, and when. */
export interface OverviewScope {
  readonly readable: ReadableEntities;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** A row of the overview, before its image is reported. */
export interface OverviewItem {
  readonly id: number;
  readonly entity_ref: string;
  readonly title: string;
  readonly owner_ref: string | null;
  readonly system_ref: string | null;
  readonly declaration: string;
}

/** An entity ref and its name in the catalog, from the columns of an entity. */
interface NamedRef {
  readonly ref: string;
  readonly name: string;
}

/** The queries of the overview. All of them see only readable entities. */
export function overviewQueries(database: Knex, { readable, now }: OverviewScope) {
  return { counts, ids, items, total, repositories, related, faults };

  /** The number of images per state. Ignores the filter `state`. */
  async function counts(filters: OverviewFilters): Promise<ReadonlyMap<string, number>> {
    const rows: { state: string; count: number | string }[] = await matching({
      ...filters,
      state: undefined,
    })
      .select('state')
      .count({ count: '*' })
      .groupBy('state');
    return new Map(rows.map(({ state, count }) => [state, Number(count)]));
  }

  /** The ids of matching images, worst first. */
  async function ids(
    filters: OverviewFilters,
    page?: { offset: number; limit: number },
  ): Promise<readonly number[]> {
    const query = matching(filters)
      .select('id')
      .orderByRaw(RANK)
      .orderByRaw('lower(title)')
      .orderBy(['image_key', 'entity_ref', 'position']);
    if (page !== undefined) query.limit(page.limit).offset(page.offset);
    const rows: { id: number }[] = await query;
    return rows.map(({ id }) => id);
  }

  /** The images with these ids, in that order. */
  async function items(ids: readonly number[]): Promise<readonly OverviewItem[]> {
    const items = new Map<number, OverviewItem>();
    for (const chunk of inChunks(ids)) {
      const rows: OverviewItem[] = await database('declared_images as i')
        .join('declaring_entities as e', 'e.id', 'i.entity_id')
        .whereIn('i.id', chunk)
        .select('i.id', 'i.declaration', 'e.entity_ref', 'e.title', 'e.owner_ref', 'e.system_ref');
      for (const row of rows) items.set(row.id, row);
    }
    // An image can be removed between the two queries.
    return ids.flatMap((id) => items.get(id) ?? []);
  }

  /** The number of images without filters. */
  async function total(): Promise<number> {
    const row = await visible().count({ count: '*' }).first();
    return Number(row?.['count'] ?? 0);
  }

  async function repositories(): Promise<readonly string[]> {
    const rows: { repository: string }[] = await visible()
      .distinct('repository')
      .whereNot('repository', '')
      .orderBy('repository');
    return rows.map(({ repository }) => repository);
  }

  /** The owners or the systems of the entities. */
  async function related(kind: 'owner' | 'system'): Promise<readonly NamedRef[]> {
    return onlyReadable(database('declaring_entities as e'))
      .whereNotNull(`e.${kind}_ref`)
      .distinct({ ref: `e.${kind}_ref`, name: `e.${kind}_name` });
  }

  /** Invalid items of annotations that match owner, system and text. */
  async function faults(
    { owner, system, state, repository, search }: OverviewFilters,
    limit: number,
  ): Promise<{
    readonly count: number;
    readonly rows: readonly (Omit<OverviewItem, 'declaration'> & { readonly fault: string })[];
  }> {
    // A fault is no image, so it has neither a state nor a repository.
    if (state !== undefined || repository) return { count: 0, rows: [] };
    const query = onlyReadable(
      database('annotation_faults as f').join('declaring_entities as e', 'e.id', 'f.entity_id'),
    );
    if (owner) query.where('e.owner_ref', owner);
    if (system) query.where('e.system_ref', system);
    if (search) query.whereRaw("f.search_text like ? escape '!'", [pattern(search)]);
    const counted = await query.clone().count({ count: '*' }).first();
    const rows = await query
      .select('f.id', 'f.fault', 'e.entity_ref', 'e.title', 'e.owner_ref', 'e.system_ref')
      .orderBy(['e.title', 'e.entity_ref', 'f.position'])
      .limit(limit);
    return { count: Number(counted?.['count'] ?? 0), rows };
  }

  function matching({ owner, system, state, repository, search }: OverviewFilters): Knex.QueryBuilder {
    const query = visible();
    if (owner) query.where('owner_ref', owner);
    if (system) query.where('system_ref', system);
    if (repository) query.where('repository', repository);
    if (state !== undefined) query.where('state', state);
    if (search)
      query.whereRaw("(search_text like ? escape '!' or digests like ? escape '!')", [
        pattern(search),
        pattern(search),
      ]);
    return query;
  }

  /** All images that the caller may see, with their present states. */
  function visible(): Knex.QueryBuilder {
    const images = onlyReadable(
      database('declared_images as i').join('declaring_entities as e', 'e.id', 'i.entity_id'),
    ).select(
      'i.id',
      'i.position',
      'i.image_key',
      'i.repository',
      'i.search_text',
      'i.digests',
      'e.entity_ref',
      'e.title',
      'e.owner_ref',
      'e.system_ref',
      // With time, only the state `clean` changes: see imageState.
      database.raw(
        "case when i.state = 'clean' and (i.clean_until is null or i.clean_until < ?) then 'not-verified' else i.state end as state",
        [now],
      ),
    );
    return database.from(images.as('images'));
  }

  /** One parameter for all refs: databases limit the number of parameters. */
  function onlyReadable(query: Knex.QueryBuilder): Knex.QueryBuilder {
    const { json, owners } = readable;
    if (owners !== undefined) query.where((condition) => whereOwner(condition, owners));
    if (json === undefined) return query;
    const isPostgres = database.client.config.client === 'pg';
    const refs = isPostgres ? 'select jsonb_array_elements_text(?::jsonb)' : 'select value from json_each(?)';
    return query.whereRaw(`e.entity_ref in (${refs})`, [json]);
  }
}

/** An entity without an owner has none of the owners, also in a negated condition. */
function whereOwner(query: Knex.QueryBuilder, criteria: PermissionCriteria<OwnerQuery>): void {
  if ('allOf' in criteria)
    for (const each of criteria.allOf) query.andWhere((condition) => whereOwner(condition, each));
  else if ('anyOf' in criteria)
    for (const each of criteria.anyOf) query.orWhere((condition) => whereOwner(condition, each));
  else if ('not' in criteria) query.whereNot((condition) => whereOwner(condition, criteria.not));
  else query.whereNotNull('e.owner_ref').whereIn('e.owner_ref', criteria.owners);
}

const RANK = `case state ${IMAGE_STATES.map((state, rank) => `when '${state}' then ${rank}`).join(' ')} end`;

/** A pattern for `like` that matches the text anywhere. */
function pattern(search: string): string {
  return `%${search.toLowerCase().replace(/[!%_]/g, '!$&')}%`;
}
