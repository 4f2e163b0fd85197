import { type ImageLocation, type ImageRecord, makePush } from './image-record.ts';
import { parseDuration, parseTime, SeedError } from './parse-seed.ts';
import type { Scan } from './scan.ts';
import type { Seed, SeedRegistry, SeedRepository, SeedScan, SeedTag } from './seed.ts';

/** Every repository of a validated seed, including empty ones. */
export function buildLocations(seed: Seed): ImageLocation[] {
  return (seed.registries ?? []).flatMap((registry) =>
    registry.repositories.map((repository) => imageLocation(registry, repository)),
  );
}

/** Creates the records of a validated seed. Relative times count from `start`, in milliseconds since the epoch. */
export function buildRecords(seed: Seed, start: number): ImageRecord[] {
  const lag = seed.inventoryLag ?? '0s';
  return (seed.registries ?? []).flatMap((registry) =>
    registry.repositories.flatMap((repository) => {
      const location = imageLocation(registry, repository);
      return repository.tags.map((tag) => imageRecord(location, tag, lag, start));
    }),
  );
}

/** Applies the defaults of a scan. */
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

function imageLocation(registry: SeedRegistry, repository: SeedRepository): ImageLocation {
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

function imageRecord(location: ImageLocation, tag: SeedTag, lag: string, start: number): ImageRecord {
  return {
    location,
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
  if (time === undefined) throw new SeedError(`seed: "${text}" is not a time`);
  return time;
}

function seedDuration(text: string): number {
  const duration = parseDuration(text);
  if (duration === undefined) throw new SeedError(`seed: "${text}" is not a duration`);
  return duration;
}
