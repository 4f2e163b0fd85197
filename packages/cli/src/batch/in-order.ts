/** Results that may wait for an earlier one, which limits the memory when one item is slow. */
const WINDOW = 1_000;

/**
 * Works on several items at once and yields the results in the order of the items.
 *
 * @param limit - Read before each start, so that it can change.
 * @throws what `work` throws, after the results of all earlier items.
 */
export async function* inOrder<Item, Result>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<Result>,
  limit: { readonly current: number },
): AsyncGenerator<Result, void, undefined> {
  const results = new Map<number, Result>();
  const failures = new Map<number, unknown>();
  let started = 0;
  let running = 0;
  let next = 0;
  let wake = (): void => {};
  const start = (): void => {
    while (
      failures.size === 0 &&
      running < limit.current &&
      started < Math.min(items.length, next + WINDOW)
    ) {
      const index = started++;
      // The index is below the length.
      const item = items[index] as Item;
      running++;
      work(item, index)
        .then((result) => results.set(index, result))
        .catch((error: unknown) => failures.set(index, error))
        .finally(() => {
          running--;
          start();
          wake();
        });
    }
  };
  while (next < items.length) {
    start();
    const result = results.get(next);
    if (results.has(next)) {
      results.delete(next++);
      // `has` is true, so that an undefined result is a result.
      yield result as Result;
    } else if (failures.has(next) || (failures.size > 0 && running === 0)) {
      throw [...failures.values()][0];
    } else
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
  }
}
