/** Fewer than the variables that SQLite takes in one statement, two to a row. */
const CHUNK = 400;

/** Lists short enough for one statement each. */
export function* inChunks<Item>(items: readonly Item[], size: number = CHUNK): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
