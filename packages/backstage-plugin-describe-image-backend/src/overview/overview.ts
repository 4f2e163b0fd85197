import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  type AnnotationFault,
  annotationFaultSchema,
  IMAGE_STATES,
  type ImageOverview,
  type ImageState,
  type OverviewRef,
  type OverviewRow,
} from '@describe-image/backstage-plugin-describe-image-common';
import type { Knex } from 'knex';
import { z } from 'zod';
import { nameOfRef } from '../entities/display-names.ts';
import {
  ALL_ENTITIES,
  type ReadableEntities,
  type ReadReadableEntities,
} from '../entities/readable-entities.ts';
import { withoutPlaces } from '../running/match-running.ts';
import { inChunks, isoOf, parseJson } from '../store/tables.ts';
import type { EntityCopy } from './entity-copy.ts';
import { type OverviewFilters, type OverviewItem, overviewQueries } from './query-overview.ts';
import { reportStored, type StoredReportOptions } from './report-stored.ts';

/** The last known state of the images of all entities. Reads only the database. */
export interface Overview {
  page(
    request: OverviewRequest & { readonly page: number; readonly pageSize: number },
  ): Promise<ImageOverview>;
  /** All matching rows in the order of the pages. Rejects before the first row for a caller who may see none. */
  rows(request: OverviewRequest): Promise<AsyncIterable<OverviewRow>>;
}

/** Filters, and the credentials of the caller. */
interface OverviewRequest extends OverviewFilters {
  readonly credentials: BackstageCredentials;
}

/** What {@link createOverview} needs. */
export interface OverviewOptions extends StoredReportOptions {
  readonly database: Knex;
  readonly copy: Pick<EntityCopy, 'ensure'>;
  readonly readReadable: ReadReadableEntities;
}

const MAX_FAULTS = 100;

type Queries = ReturnType<typeof overviewQueries>;
type Lists = Pick<ImageOverview, 'total' | 'owners' | 'systems' | 'repositories'>;

/** Creates the overview on the copy of the entities. */
export function createOverview({
  database,
  copy,
  readReadable,
  ...reportOptions
}: OverviewOptions): Overview {
  const lists = new WeakMap<ReadableEntities, Promise<Lists>>();
  return {
    async page({ credentials, page, pageSize, ...filters }) {
      const { queries, readable, readAt } = await open(credentials);
      const [countOf, ids, { total, owners, systems, repositories }, faults] = await Promise.all([
        queries.counts(filters),
        queries.ids(filters, { offset: (page - 1) * pageSize, limit: pageSize }),
        readLists(queries, readable),
        queries.faults(filters, MAX_FAULTS),
      ]);
      const counts = countsOf(countOf);
      return {
        rows: [...(await report(await queries.items(ids)))],
        page,
        pageSize,
        matching: filters.state === undefined ? sum(Object.values(counts)) : counts[filters.state],
        total,
        counts,
        owners: [...owners],
        systems: [...systems],
        repositories: [...repositories],
        faults: faults.rows.map(({ fault, ...item }) => ({ ...parseFault(fault), ...entityOf(item) })),
        faultCount: faults.count,
        entitiesReadAt: isoOf(readAt),
      };
    },
    async rows({ credentials, ...filters }) {
      const { queries } = await open(credentials);
      return readRows(queries, await queries.ids(filters));
    },
  };

  /** The lists of the filters change only when the entities are read again. */
  function readLists(queries: Queries, readable: ReadableEntities): Promise<Lists> {
    const known = lists.get(readable) ?? queryLists(queries, readable);
    lists.set(readable, known);
    known.catch(() => lists.delete(readable));
    return known;
  }

  async function* readRows(queries: Queries, ids: readonly number[]): AsyncGenerator<OverviewRow> {
    for (const chunk of inChunks(ids)) yield* await report(await queries.items(chunk));
  }

  async function open(credentials: BackstageCredentials) {
    const readAt = await copy.ensure();
    const all = overviewQueries(database, { readable: ALL_ENTITIES, now: reportOptions.now() });
    const readable = await readReadable({
      credentials,
      version: readAt,
      relatedRefs: async () =>
        [...(await all.related('owner')), ...(await all.related('system'))].map(({ ref }) => ref),
    });
    const queries = overviewQueries(database, { readable, now: reportOptions.now() });
    return { queries, readable, readAt };
  }

  async function report(items: readonly OverviewItem[]): Promise<readonly OverviewRow[]> {
    const images = await reportStored(reportOptions, items);
    return items.flatMap((item, index) => {
      const image = images[index];
      return image === undefined ? [] : [{ ...entityOf(item), image: withoutPlaces(image) }];
    });
  }
}

function entityOf({ entity_ref, title, owner_ref, system_ref }: Omit<OverviewItem, 'id' | 'declaration'>) {
  return {
    entityRef: entity_ref,
    title,
    ...(owner_ref !== null && { ownerRef: owner_ref }),
    ...(system_ref !== null && { systemRef: system_ref }),
  };
}

async function queryLists(queries: Queries, readable: ReadableEntities): Promise<Lists> {
  const [total, owners, systems, repositories] = await Promise.all([
    queries.total(),
    queries.related('owner'),
    queries.related('system'),
    queries.repositories(),
  ]);
  return {
    total,
    owners: displayed(owners, readable),
    systems: displayed(systems, readable),
    repositories: [...repositories],
  };
}

/** A name is visible only to callers who may read the entity. */
function displayed(
  related: readonly { readonly ref: string; readonly name: string }[],
  readable: ReadableEntities,
): OverviewRef[] {
  return related
    .map(({ ref, name }) => ({
      ref,
      displayName: readable.has(ref) ? name : nameOfRef(ref),
    }))
    .sort((a, b) => a.displayName.localeCompare(b.displayName, 'en') || a.ref.localeCompare(b.ref, 'en'));
}

function countsOf(counts: ReadonlyMap<string, number>): ImageOverview['counts'] {
  const entries = IMAGE_STATES.map((state): [ImageState, number] => [state, counts.get(state) ?? 0]);
  return imageCounts.parse(Object.fromEntries(entries));
}

const imageCounts = z.record(z.enum(IMAGE_STATES), z.number());

function parseFault(text: string): AnnotationFault {
  return annotationFaultSchema.parse(parseJson(text));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
