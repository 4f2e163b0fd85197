import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { ImageReport } from '@describe-image/backstage-plugin-describe-image-common';
import pLimit from 'p-limit';
import type { DeclaringEntity } from '../entities/entity-reader.ts';
import { type ImageName, withRunning } from './match-running.ts';
import { hasWorkloads, type ReadRunning } from './read-running.ts';
import type { RunningContainers } from './running-containers.ts';
import type { RunningStore } from './running-store.ts';

/** What runs in Kubernetes, as a source of digests. */
export interface RunningImages {
  /** Adds what runs to the reports on all images of an entity. Reads the clusters when the last read is old. */
  add(
    declaring: DeclaringEntity,
    reports: Promise<readonly ImageReport[]>,
    refresh: boolean,
  ): Promise<readonly ImageReport[]>;
  /** Adds what ran at the last read, to reports on images of several entities. Reads only the database. */
  addStored(rows: readonly EntityReport[]): Promise<readonly ImageReport[]>;
  /** Reads the clusters for all entities. */
  refresh(entities: readonly DeclaringEntity[], signal?: AbortSignal): Promise<void>;
}

/** A report on an image of an entity. */
interface EntityReport {
  readonly entityRef: string;
  readonly report: ImageReport;
}

/** What {@link createRunningImages} needs. */
export interface RunningImagesOptions {
  readonly readRunning: ReadRunning;
  readonly store: RunningStore;
  /** Reads the names of all images that entities declare. */
  readonly readNames: (entityRefs: readonly string[]) => Promise<ReadonlyMap<string, readonly ImageName[]>>;
  readonly auth: Pick<AuthService, 'getOwnServiceCredentials'>;
  readonly now: () => number;
  readonly logger: LoggerService;
  /** Lifetime of a read. */
  readonly maxAgeMs: number;
  /** Called after the clusters were read for entities. */
  readonly onRead: (entityRefs: readonly string[]) => Promise<void>;
}

/** Without the source, reports are unchanged. */
export const NO_RUNNING_IMAGES: RunningImages = {
  add: async (_declaring, reports) => reports,
  addStored: async (rows) => rows.map(({ report }) => report),
  refresh: async () => {},
};

const MAX_CONCURRENT_READS = 4;

/** After this time without a read, what runs is unknown. */
const MAX_STORED_AGE_MS = 3_600_000;

/** Creates the source on the back end of the Kubernetes plugin. */
export function createRunningImages(options: RunningImagesOptions): RunningImages {
  const { readRunning, store, readNames, auth, now, logger, maxAgeMs, onRead } = options;
  const inFlight = new Map<string, Promise<RunningContainers>>();
  return {
    async add({ entity, entityRef }, pending, refresh) {
      if (!hasWorkloads(entity)) return pending;
      const [reports, running] = await Promise.all([pending, readFresh(entityRef, refresh)]);
      return withRunning(reports, running, reports, now());
    },
    async addStored(rows) {
      const running = await store.read(rows.map(({ entityRef }) => entityRef));
      if (running.size === 0) return rows.map(({ report }) => report);
      const names = await readNames([...running.keys()]);
      const byEntity = new Map<string, ImageReport[]>();
      for (const { entityRef, report } of rows) {
        const reports = byEntity.get(entityRef) ?? [];
        byEntity.set(entityRef, reports);
        reports.push(report);
      }
      const added = new Map<ImageReport, ImageReport>();
      for (const [entityRef, reports] of byEntity) {
        const containers = running.get(entityRef);
        if (containers === undefined) continue;
        const declared = names.get(entityRef) ?? reports;
        const current = withoutOldReads(containers, now());
        for (const [index, report] of withRunning(reports, current, declared, now()).entries()) {
          const before = reports[index];
          if (before !== undefined) added.set(before, report);
        }
      }
      return rows.map(({ report }) => added.get(report) ?? report);
    },
    async refresh(entities, signal) {
      const entityRefs = entities
        .filter(({ entity }) => hasWorkloads(entity))
        .map(({ entityRef }) => entityRef);
      await store.keep(entityRefs);
      const limit = pLimit(MAX_CONCURRENT_READS);
      await Promise.all(
        entityRefs.map((entityRef) =>
          limit(async () => {
            if (!signal?.aborted) await readOnce(entityRef);
          }),
        ),
      );
      await onRead(entityRefs);
    },
  };

  async function readFresh(entityRef: string, refresh: boolean): Promise<RunningContainers> {
    const stored = (await tolerate(store.read([entityRef])))?.get(entityRef);
    if (stored !== undefined && !refresh && now() - stored.observedAt < maxAgeMs) return stored;
    const running = await readOnce(entityRef);
    await tolerate(onRead([entityRef]));
    return running;
  }

  /** What runs is shown without the database, too. */
  async function tolerate<Result>(pending: Promise<Result>): Promise<Result | undefined> {
    try {
      return await pending;
    } catch (error) {
      logger.error('storing what runs failed', toError(error));
      return undefined;
    }
  }

  function readOnce(entityRef: string): Promise<RunningContainers> {
    const pending = inFlight.get(entityRef) ?? read(entityRef).finally(() => inFlight.delete(entityRef));
    inFlight.set(entityRef, pending);
    return pending;
  }

  async function read(entityRef: string): Promise<RunningContainers> {
    const running = await readClusters(entityRef);
    await tolerate(store.write(entityRef, running));
    return running;
  }

  /** What runs is unknown after an error. An earlier result could hide a rollout. */
  async function readClusters(entityRef: string): Promise<RunningContainers> {
    try {
      return await readRunning(entityRef, await auth.getOwnServiceCredentials());
    } catch (error) {
      logger.warn(`reading what ${entityRef} runs from the Kubernetes plugin failed`, toError(error));
      const fault = 'the Kubernetes plugin could not be read; its log has the reason';
      return { observedAt: now(), fault, containers: [] };
    }
  }
}

function withoutOldReads(running: RunningContainers, now: number): RunningContainers {
  if (now - running.observedAt <= MAX_STORED_AGE_MS) return running;
  return { ...running, fault: 'the clusters were last read more than an hour ago' };
}
