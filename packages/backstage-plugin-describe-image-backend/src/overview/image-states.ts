import type { ImageReport } from '@describe-image/backstage-plugin-describe-image-common';
import type { Knex } from 'knex';
import type { ImageIdentity } from '../store/image-identity.ts';
import { inChunks } from '../store/tables.ts';
import { reportStored, type StoredDeclaration, type StoredReportOptions } from './report-stored.ts';

/** The states of the declared images in the database, which the overview filters and sorts by. */
export interface ImageStates {
  /** Updates the images with these identities, after observations or failures were recorded. */
  updateImages(identities: readonly ImageIdentity[]): Promise<void>;
  updateEntities(entityIds: readonly number[]): Promise<void>;
  /** Updates the images of entities after their clusters were read. */
  updateEntityRefs(entityRefs: readonly string[]): Promise<void>;
  updateAll(): Promise<void>;
}

interface StateRow extends StoredDeclaration {
  readonly id: number;
  readonly repository: string;
  readonly digests: string;
  readonly state: string;
  readonly clean_until: number | string | null;
}

type State = Omit<StateRow, 'id' | 'entity_ref' | 'declaration'>;

/** Creates the states on the table `declared_images`. */
export function createImageStates(database: Knex, options: StoredReportOptions): ImageStates {
  const rows = (): Knex.QueryBuilder<StateRow, StateRow[]> =>
    database('declared_images as i')
      .join('declaring_entities as e', 'e.id', 'i.entity_id')
      .select(
        'i.id',
        'e.entity_ref',
        'i.declaration',
        'i.repository',
        'i.digests',
        'i.state',
        'i.clean_until',
      );
  return {
    async updateImages(identities) {
      for (const chunk of inChunks(identities)) {
        const pairs = chunk.map(({ instance, key }) => [instance, key]);
        await update(await rows().whereIn(['i.instance', 'i.image_key'], pairs));
      }
    },
    async updateEntities(entityIds) {
      for (const chunk of inChunks(entityIds)) await update(await rows().whereIn('i.entity_id', chunk));
    },
    async updateEntityRefs(entityRefs) {
      for (const chunk of inChunks(entityRefs)) await update(await rows().whereIn('e.entity_ref', chunk));
    },
    async updateAll() {
      await update(await rows());
    },
  };

  async function update(found: readonly StateRow[]): Promise<void> {
    for (const chunk of inChunks(found)) {
      const reports = await reportStored(options, chunk);
      const changed = chunk.flatMap((row, index) => {
        const report = reports[index];
        const state = report && stateOf(report);
        return state === undefined || isEqual(row, state) ? [] : { id: row.id, state };
      });
      if (changed.length === 0) continue;
      await database.transaction(async (transaction) => {
        for (const { id, state } of changed) await transaction('declared_images').where({ id }).update(state);
      });
    }
  }
}

function stateOf({ state, liveCheck, repository, running, ...report }: ImageReport): State {
  const { declared, live, scanned } = report;
  const runningDigests = running?.digests.map(({ digest }) => digest) ?? [];
  const known = [declared, live?.digest, scanned?.digest, ...runningDigests];
  const digests = new Set(known.filter((digest) => digest !== undefined));
  const cleanUntil = liveCheck?.validUntil;
  return {
    repository,
    digests: [...digests].join('\n'),
    state,
    clean_until: state !== 'clean' || cleanUntil === undefined ? null : Date.parse(cleanUntil),
  };
}

function isEqual(row: StateRow, state: State): boolean {
  return (
    row.state === state.state &&
    row.repository === state.repository &&
    row.digests === state.digests &&
    (row.clean_until === null ? null : Number(row.clean_until)) === state.clean_until
  );
}
