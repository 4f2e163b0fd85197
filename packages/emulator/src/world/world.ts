import { createHash } from 'node:crypto';
import type { Assumptions } from '../assumptions.ts';
import type { EmulatorClock } from '../clock.ts';
import { buildLocations, buildRecords, buildScan } from './build-records.ts';
import { type ScannedImage, scannedImages } from './findings.ts';
import {
  type ImageLocation,
  type ImageRecord,
  imageKey,
  inventoryPush,
  livePush,
  makePush,
  type Push,
} from './image-record.ts';
import {
  type ImageSelector,
  type RepositorySelector,
  selectLocation,
  selectRecord,
} from './image-selector.ts';
import { Inventory, type InventoryRow, scanSummary } from './inventory.ts';
import { parseDuration, parseRegistry, parseStartedScan } from './parse-seed.ts';
import type { InventoryChurn, Seed, SeedRegistry, SeedScan } from './seed.ts';

/** The four ids DescribeImage takes. @public */
export interface ImageIds {
  readonly regionId: string;
  readonly instanceId: string;
  readonly repoId: string;
  readonly tag: string;
}

/** One tag as it is now, in the registry and in the inventory. @public */
export interface ImageSummary extends ImageIds {
  /** `namespace/name`. */
  readonly repository: string;
  /** The digest that DescribeImage returns, in hex without `sha256:`. `undefined` when the tag was deleted. */
  readonly digest: string | undefined;
  /** The digest that DescribeImageInstances lists, in hex without `sha256:`. `undefined` when it lists none. */
  readonly inventoryDigest: string | undefined;
  readonly scanStatus: string | undefined;
}

/** The state of a world, as plain data. @public */
export interface WorldSnapshot {
  readonly records: readonly ImageRecord[];
  readonly churn: InventoryChurn;
  /** How many digests were generated so far. */
  readonly generatedDigests: number;
  /** All repositories, including those without tags. */
  readonly locations: readonly ImageLocation[];
}

/** Images, tags and scans at the current time of the emulator. @public */
export class World {
  readonly #seed: Seed;
  readonly #clock: EmulatorClock;
  #locations: ImageLocation[];
  readonly #inventory: Inventory;
  /** Of the seed, for tags that are pushed later. */
  readonly #lagMs: number;
  #records = new Map<string, ImageRecord>();
  #recordsByDigest: ReadonlyMap<string, readonly ImageRecord[]> | undefined;
  #churn: InventoryChurn = 'none';
  #generatedDigests = 0;

  constructor(seed: Seed, clock: EmulatorClock, assumptions: Assumptions) {
    this.#seed = seed;
    this.#clock = clock;
    this.#lagMs = parseDuration(seed.inventoryLag ?? '0s') ?? 0;
    this.#locations = [];
    this.#inventory = new Inventory(assumptions);
    this.reset();
  }

  /** The image in the registry now, or `undefined`. */
  image(ids: ImageIds): Push | undefined {
    const record = this.#records.get(imageKey(ids));
    return record && livePush(record, this.#clock.now());
  }

  /** The rows of the inventory now. */
  inventory(): readonly InventoryRow[] {
    return this.#inventory.rows(this.#records, this.#clock.now());
  }

  /**
   * Every digest that a scan has succeeded for.
   *
   * @param digest - Only this one, in hex without `sha256:`.
   * @internal
   */
  *scannedImages(digest?: string): Generator<ScannedImage> {
    const records = digest === undefined ? this.#records.values() : (this.#digests().get(digest) ?? []);
    for (const image of scannedImages(records, this.#clock.now()))
      if (digest === undefined || image.push.digest === digest) yield image;
  }

  /** Every tag that exists or existed, in its current state. */
  images(): ImageSummary[] {
    const now = this.#clock.now();
    return [...this.#records.values()].map((record) => summary(record, now));
  }

  /**
   * Pushes a digest to a tag now. The tag is created when it does not exist.
   *
   * @param selector - The tag, and properties that match exactly one repository.
   * @param digest - 64 hex digits, with or without `sha256:`. @default a new one
   * @throws {RangeError} when the selector matches no repository or several.
   */
  push(selector: ImageSelector, digest: string = this.#newDigest()): ImageSummary {
    if (!/^(?:sha256:)?[0-9a-f]{64}$/.test(digest)) {
      throw new RangeError('push: digest must be 64 lower-case hex digits, with or without "sha256:"');
    }
    const location = selectLocation(this.#locations, selector);
    const now = this.#clock.now();
    const key = imageKey({ ...location, tag: selector.tag });
    const record = this.#records.get(key) ?? newRecord(location, selector.tag, this.#lagMs);
    addPush(record, makePush(now, digest));
    this.#records.set(key, record);
    return this.#changed(record);
  }

  /** Deletes a tag now. @throws {RangeError} when the selector matches no image or several. */
  deleteTag(selector: ImageSelector): ImageSummary {
    const record = selectRecord(this.#records.values(), selector);
    addPush(record, makePush(this.#clock.now(), null));
    return this.#changed(record);
  }

  /**
   * Adds a registry instance, or repositories to one. Times count from now.
   *
   * @throws {RangeError} when the value is not a registry, or when a repository exists already.
   */
  addRegistry(registry: SeedRegistry): void {
    const added = parseRegistry(registry);
    const { regionId, instanceId } = added;
    const known = this.#locations.find(
      (location) => location.regionId === regionId && location.instanceId === instanceId,
    );
    const locations = buildLocations({ registries: [added] }).map((location) => ({
      ...location,
      ...(known !== undefined && { registryType: added.registryType ?? known.registryType }),
      ...(known !== undefined && added.domains === undefined && { endpoints: known.endpoints }),
    }));
    const byId = new Map(locations.map((location) => [location.repoId, location]));
    const repeated = locations.find(
      (location) =>
        byId.get(location.repoId) !== location ||
        this.#locations.some((other) => other.instanceId === instanceId && other.repoId === location.repoId),
    );
    if (repeated !== undefined)
      throw new RangeError(`registry: ${instanceId} can have one repository ${repeated.repoId}, got another`);
    const { inventoryLag } = this.#seed;
    for (const built of buildRecords({ registries: [added], inventoryLag }, this.#clock.now())) {
      const record = { ...built, location: byId.get(built.location.repoId) ?? built.location };
      this.#records.set(imageKey({ ...record.location, tag: record.tag }), record);
    }
    this.#locations.push(...locations);
    this.#invalidate();
  }

  /**
   * Starts a scan now.
   *
   * @throws {RangeError} when the selector matches no image or several, and for an invalid scan.
   */
  startScan(selector: ImageSelector, scan: Omit<SeedScan, 'startedAt'> = {}): ImageSummary {
    const parsed = parseStartedScan(scan);
    const record = selectRecord(this.#records.values(), selector);
    record.scans.push(buildScan({ ...parsed, startedAt: '+0s' }, this.#clock.now()));
    return this.#changed(record);
  }

  /** Synchronises the inventory with the registry, for one repository or for all. */
  syncInventory(selector: RepositorySelector = {}): void {
    const selected = Object.values(selector).some((value) => value !== undefined)
      ? selectLocation(this.#locations, selector)
      : undefined;
    for (const record of this.#records.values()) {
      if (selected === undefined || record.location.repoId === selected.repoId)
        record.syncedAt = this.#clock.now();
    }
    this.#invalidate();
  }

  /** Sets how the inventory changes after each page that is served. */
  setChurn(churn: InventoryChurn): void {
    this.#churn = churn;
  }

  /** Applies the churn. Called after each page of the inventory. */
  pageServed(): void {
    if (this.#churn === 'grow' || this.#churn === 'swap') this.#grow();
    if (this.#churn === 'shrink' || this.#churn === 'swap') this.#shrink();
  }

  /** Restores the seed. Relative times count from now. */
  reset(): void {
    const records = buildRecords(this.#seed, this.#clock.now());
    const locations = buildLocations(this.#seed);
    this.restore({ records, churn: this.#seed.churn ?? 'none', generatedDigests: 0, locations });
  }

  snapshot(): WorldSnapshot {
    return structuredClone({
      records: [...this.#records.values()],
      churn: this.#churn,
      generatedDigests: this.#generatedDigests,
      locations: this.#locations,
    });
  }

  restore(snapshot: WorldSnapshot): void {
    const { records, churn, generatedDigests, locations } = structuredClone(snapshot);
    this.#locations = [...locations];
    this.#records = new Map(
      records.map((record) => [imageKey({ ...record.location, tag: record.tag }), record]),
    );
    this.#churn = churn;
    this.#generatedDigests = generatedDigests;
    this.#invalidate();
  }

  /** The records by each of their digests. Without this index, each request for one digest would read all records. */
  #digests(): ReadonlyMap<string, readonly ImageRecord[]> {
    if (this.#recordsByDigest !== undefined) return this.#recordsByDigest;
    const index = new Map<string, ImageRecord[]>();
    for (const record of this.#records.values())
      for (const digest of new Set(record.pushes.flatMap((push) => push.digest ?? []))) {
        const known = index.get(digest);
        if (known === undefined) index.set(digest, [record]);
        else known.push(record);
      }
    this.#recordsByDigest = index;
    return index;
  }

  /** Must be called after every change of a record. */
  #invalidate(): void {
    this.#inventory.invalidate();
    this.#recordsByDigest = undefined;
  }

  #changed(record: ImageRecord): ImageSummary {
    this.#invalidate();
    return summary(record, this.#clock.now());
  }

  #newDigest(): string {
    this.#generatedDigests += 1;
    return createHash('sha256')
      .update(`${this.#seed.name ?? 'world'}\npush ${this.#generatedDigests}`)
      .digest('hex');
  }

  #grow(): void {
    const location = this.#locations[0];
    if (location === undefined) return;
    const digest = this.#newDigest();
    const tag = `churn-${this.#generatedDigests}`;
    const record = newRecord(location, tag, 0);
    addPush(record, makePush(this.#clock.now(), digest));
    this.#records.set(imageKey({ ...location, tag }), record);
    this.#invalidate();
  }

  #shrink(): void {
    const [first] = this.inventory();
    if (first === undefined) return;
    const { RegionId: regionId, InstanceId: instanceId, RepoId: repoId, Tag: tag } = first;
    const record = this.#records.get(imageKey({ regionId, instanceId, repoId, tag }));
    if (record) record.inInventory = false;
    this.#invalidate();
  }
}

function newRecord(location: ImageLocation, tag: string, lagMs: number): ImageRecord {
  return { location, tag, pushes: [], scans: [], inInventory: true, lagMs, deployed: false };
}

// The seed may have pushes in the future: they stay behind this one.
function addPush(record: ImageRecord, push: Push): void {
  const later = record.pushes.findIndex(({ at }) => at > push.at);
  record.pushes.splice(later === -1 ? record.pushes.length : later, 0, push);
}

function summary(record: ImageRecord, now: number): ImageSummary {
  const { location, tag } = record;
  return {
    regionId: location.regionId,
    instanceId: location.instanceId,
    repoId: location.repoId,
    repository: `${location.namespace}/${location.repoName}`,
    tag,
    digest: livePush(record, now)?.digest ?? undefined,
    inventoryDigest: inventoryPush(record, now)?.digest ?? undefined,
    scanStatus: scanSummary(record, now).current?.status,
  };
}
