import type { Assumptions } from '../assumptions.ts';
import type { EmulatorClock } from '../clock.ts';
import { buildRecords } from './build-records.ts';
import { type ImageRecord, imageKey, inventoryPush, livePush, type Push } from './image-record.ts';
import { type InventoryRow, inventoryRow } from './inventory-row.ts';
import type { Seed } from './seed.ts';

/** The four ids DescribeImage takes. */
export interface ImageIds {
  readonly regionId: string;
  readonly instanceId: string;
  readonly repoId: string;
  readonly tag: string;
}

/** Images, tags and scans as they are at the emulator's time. */
export class World {
  readonly #clock: EmulatorClock;
  readonly #assumptions: Assumptions;
  readonly #records = new Map<string, ImageRecord>();

  constructor(seed: Seed, clock: EmulatorClock, assumptions: Assumptions) {
    this.#clock = clock;
    this.#assumptions = assumptions;
    for (const record of buildRecords(seed, clock.now())) {
      this.#records.set(imageKey({ ...record.home, tag: record.tag }), record);
    }
  }

  /** What the registry says an image is now; `undefined` when there is no such image. */
  image(ids: ImageIds): Push | undefined {
    const record = this.#records.get(imageKey(ids));
    return record && livePush(record, this.#clock.now());
  }

  /** What the inventory lists now. */
  inventory(): InventoryRow[] {
    const now = this.#clock.now();
    const rows: { row: InventoryRow; updated: number }[] = [];
    for (const record of this.#records.values()) {
      const push = inventoryPush(record, now);
      if (push) rows.push({ row: inventoryRow(record, push, now, this.#assumptions), updated: push.at });
    }
    if (this.#assumptions.inventoryOrder === 'newest-first') rows.sort((a, b) => b.updated - a.updated);
    return rows.map(({ row }) => row);
  }
}
