import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Knex } from 'knex';
import { nameOfRef, readDisplayNames } from '../entities/display-names.ts';
import type { DeclaringEntity } from '../entities/entity-reader.ts';
import { ownerOf, systemOf } from '../entities/relations.ts';
import type { Instances } from '../instances/open-instances.ts';
import { type CopiedEntity, copyEntities } from './copy-entities.ts';
import type { ImageStates } from './image-states.ts';

/** The copy of all entities that declare images, in the database. */
export interface EntityCopy {
  /** Makes the copy equal to these entities. */
  write(entities: readonly DeclaringEntity[]): Promise<void>;
  /**
   * Reads the entities from the catalog when the copy is old: the first time before it returns, later in the background.
   *
   * @returns When the copy was made, in epoch milliseconds.
   */
  ensure(): Promise<number>;
}

/** What {@link createEntityCopy} needs. */
export interface EntityCopyOptions {
  readonly database: Knex;
  readonly catalog: Pick<CatalogService, 'getEntitiesByRefs'>;
  readonly auth: Pick<AuthService, 'getOwnServiceCredentials'>;
  readonly instances: Pick<Instances, 'find'>;
  readonly states: Pick<ImageStates, 'updateAll' | 'updateEntities'>;
  /** Reads all entities that declare images, with the credentials of this back end. */
  readonly readEntities: () => Promise<readonly DeclaringEntity[]>;
  readonly now: () => number;
  readonly logger: LoggerService;
}

/** After this time, a request of the overview reads the entities again. */
const MAX_AGE_MS = 30_000;
/** For this time, other back ends leave the read to the one that claimed it. */
const CLAIM_MS = 60_000;
/** A back end that stops after an observation was recorded leaves an old state. */
const UPDATE_ALL_MS = 300_000;

/** Creates the copy, which back ends with the same database share. */
export function createEntityCopy(options: EntityCopyOptions): EntityCopy {
  const { database, catalog, auth, instances, states, readEntities, now, logger } = options;
  let allUpdatedAt: number | undefined;
  let reading: Promise<void> | undefined;

  return {
    write,
    async ensure() {
      // The first read of a back end also applies its configuration, which can have changed with the restart.
      if (allUpdatedAt === undefined) await read();
      const readAt = await readTime();
      if (now() - readAt <= MAX_AGE_MS || !(await claim())) return readAt;
      read().catch((error) => logger.error('reading the entities with images failed', toError(error)));
      return readAt;
    },
  };

  function read(): Promise<void> {
    reading ??= readEntities()
      .then(write)
      .finally(() => {
        reading = undefined;
      });
    return reading;
  }

  async function write(entities: readonly DeclaringEntity[]): Promise<void> {
    const readAt = now();
    const refs = entities.flatMap(({ entity }) => [ownerOf(entity) ?? [], systemOf(entity) ?? []].flat());
    const names = await readDisplayNames(catalog, refs, await auth.getOwnServiceCredentials());
    const changed = await copyEntities(
      database,
      entities.map((declaring) => copiedEntity(declaring, names)),
    );
    const isAllDue = allUpdatedAt === undefined || readAt - allUpdatedAt >= UPDATE_ALL_MS;
    if (isAllDue) await states.updateAll();
    else await states.updateEntities(changed);
    if (isAllDue) allUpdatedAt = readAt;
    await database('entity_reads').where({ id: 1 }).update({ read_at: readAt, claimed_until: 0 });
  }

  async function readTime(): Promise<number> {
    const row = await database('entity_reads').where({ id: 1 }).first('read_at');
    return Number(row?.read_at ?? 0);
  }

  async function claim(): Promise<boolean> {
    const claimed = await database('entity_reads')
      .where({ id: 1 })
      .where('claimed_until', '<', now())
      .update({ claimed_until: now() + CLAIM_MS });
    return claimed === 1;
  }

  function copiedEntity(
    { entity, entityRef, declaration }: DeclaringEntity,
    names: ReadonlyMap<string, string>,
  ): CopiedEntity {
    const nameOf = (ref: string | undefined) => ref && (names.get(ref) ?? nameOfRef(ref));
    const ownerRef = ownerOf(entity);
    const systemRef = systemOf(entity);
    const configuredInstance = instances.find(declaration.instance)?.name;
    return {
      entityRef,
      title: entity.metadata.title ?? entity.metadata.name,
      ownerRef,
      ownerName: nameOf(ownerRef),
      systemRef,
      systemName: nameOf(systemRef),
      images: declaration.images.map((image) => ({
        configuredInstance,
        ...(declaration.instance !== undefined && { instance: declaration.instance }),
        image,
      })),
      faults: declaration.faults,
    };
  }
}
