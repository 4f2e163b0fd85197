import type { Assumptions } from '../assumptions.ts';
import { type ImageRecord, inventoryPush, nextInventoryChange } from './image-record.ts';
import { type InventoryRow, inventoryRow } from './inventory-row.ts';

/** The rows of the inventory, worked out again only when time or a change makes them different. */
export class Inventory {
  readonly #assumptions: Assumptions;
  #rows: InventoryRow[] = [];
  #from = Number.NaN;
  #until = Number.NaN;

  constructor(assumptions: Assumptions) {
    this.#assumptions = assumptions;
  }

  rows(records: ReadonlyMap<string, ImageRecord>, now: number): readonly InventoryRow[] {
    if (!(now >= this.#from && now < this.#until)) this.#workOut([...records.values()], now);
    return this.#rows;
  }

  /** To be called after every change of a record. */
  invalidate(): void {
    this.#from = Number.NaN;
  }

  #workOut(records: readonly ImageRecord[], now: number): void {
    const listed = records.flatMap((record) => {
      const push = inventoryPush(record, now);
      return push ? [{ updated: push.at, row: inventoryRow(record, push, now, this.#assumptions) }] : [];
    });
    if (this.#assumptions.inventoryOrder === 'newest-first') listed.sort((a, b) => b.updated - a.updated);
    this.#rows = listed.map(({ row }) => row);
    this.#from = now;
    this.#until = records.reduce(
      (next, record) => Math.min(next, nextInventoryChange(record, now)),
      Number.POSITIVE_INFINITY,
    );
  }
}
