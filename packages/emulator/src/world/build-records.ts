import { type ImageHome, type ImageRecord, makePush } from './image-record.ts';
import { SeedError } from './parse-seed.ts';
import type { Scan } from './scan-walk.ts';
import type { Seed, SeedRegistry, SeedRepository, SeedScan, SeedTag } from './seed.ts';
import { parseDuration, parseTime } from './seed-time.ts';

/** Where images can be: every repository of a checked seed, empty ones included. */
export function buildHomes(seed: Seed): ImageHome[] {
  return (seed.registries ?? []).flatMap((registry) =>
    registry.repositories.map((repository) => imageHome(registry, repository)),
  );
}

/** Turns a checked seed into records; `start` is what relative times count from, in milliseconds since the epoch. */
export function buildRecords(seed: Seed, start: number): ImageRecord[] {
  const lag = seed.inventoryLag ?? '0s';
  return (seed.registries ?? []).flatMap((registry) =>
    registry.repositories.flatMap((repository) => {
      const home = imageHome(registry, repository);
      return repository.tags.map((tag) => imageRecord(home, tag, lag, start));
    }),
  );
}

/** A scan with what a seed may leave out. */
export function buildScan(scan: SeedScan, start: number): Scan {
  return {
    startedAt: seedTime(scan.startedAt, start),
    stepMs: seedDuration(scan.step ?? '5s'),
    result: scan.result ?? 'SUCCESS',
    haltAt: scan.haltAt,
    error: scan.error,
    vulnerabilities: scan.vulnerabilities ?? 0,
    alerts: scan.alerts ?? 0,
    baselineRisks: scan.baselineRisks ?? 0,
  };
}

function imageHome(registry: SeedRegistry, repository: SeedRepository): ImageHome {
  return {
    registryType: registry.registryType ?? 'acr',
    regionId: registry.regionId,
    instanceId: registry.instanceId,
    endpoints: JSON.stringify(
      Object.entries(registry.domains ?? {}).map(([type, domains]) => ({ type, domains })),
    ),
    repoId: repository.repoId,
    namespace: repository.namespace,
    repoName: repository.name,
    repoType: repository.type ?? 'private',
  };
}

function imageRecord(home: ImageHome, tag: SeedTag, lag: string, start: number): ImageRecord {
  return {
    home,
    tag: tag.tag,
    pushes: tag.history
      .map((push) => makePush(seedTime(push.at, start), push.digest, push))
      .sort((a, b) => a.at - b.at),
    scans: (tag.scans ?? []).map((scan) => buildScan(scan, start)).sort((a, b) => a.startedAt - b.startedAt),
    inInventory: tag.inventory ?? true,
    lagMs: seedDuration(tag.inventoryLag ?? lag),
    asOf: tag.inventoryAsOf === undefined ? undefined : seedTime(tag.inventoryAsOf, start),
    syncedAt: undefined,
    deployed: tag.deployed ?? false,
    sourceBizTag: tag.sourceBizTag,
  };
}

function seedTime(text: string, start: number): number {
  const time = parseTime(text, start);
  if (time === undefined) throw new SeedError(`"${text}" is not a time`);
  return time;
}

function seedDuration(text: string): number {
  const duration = parseDuration(text);
  if (duration === undefined) throw new SeedError(`"${text}" is not a length of time`);
  return duration;
}
