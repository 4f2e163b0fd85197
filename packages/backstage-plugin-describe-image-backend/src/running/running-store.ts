import type { Knex } from 'knex';
import { inChunks, parseJson } from '../store/tables.ts';
import { type RunningContainers, runningContainersSchema } from './running-containers.ts';

/** The running containers of entities in the database. */
export interface RunningStore {
  read(entityRefs: readonly string[]): Promise<ReadonlyMap<string, RunningContainers>>;
  write(entityRef: string, running: RunningContainers): Promise<void>;
  /** Deletes all entities but these. */
  keep(entityRefs: readonly string[]): Promise<void>;
}

interface Row {
  readonly entity_ref: string;
  readonly containers: string;
}

/** Creates the store on the table `running_containers`. */
export function createRunningStore(database: Knex): RunningStore {
  return {
    async read(entityRefs) {
      const running = new Map<string, RunningContainers>();
      for (const chunk of inChunks([...new Set(entityRefs)]))
        for (const row of await database<Row>('running_containers').whereIn('entity_ref', chunk)) {
          const parsed = runningContainersSchema.safeParse(parseJson(row.containers)).data;
          if (parsed !== undefined) running.set(row.entity_ref, parsed);
        }
      return running;
    },
    async write(entityRef, running) {
      await database<Row>('running_containers')
        .insert({ entity_ref: entityRef, containers: JSON.stringify(running) })
        .onConflict('entity_ref')
        .merge();
    },
    async keep(entityRefs) {
      const kept = new Set(entityRefs);
      const rows: Pick<Row, 'entity_ref'>[] = await database<Row>('running_containers').select('entity_ref');
      const gone = rows.map(({ entity_ref }) => entity_ref).filter((entityRef) => !kept.has(entityRef));
      for (const chunk of inChunks(gone))
        await database('running_containers').whereIn('entity_ref', chunk).delete();
    },
  };
}
