import { UsageError } from '../command-error.ts';
import { printable } from '../output/terminal.ts';

/** Items in one answer of a tool. */
const PAGE_SIZE = 50;

/** One page, and the cursor of the next. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly total: number;
  readonly nextCursor: string | null;
}

/** @throws UsageError for a text that is no cursor. */
export function pageOf<Item>(items: readonly Item[], cursor: string | undefined): Page<Item> {
  const start = cursor === undefined ? 0 : Number(/^o(\d{1,9})$/.exec(cursor)?.[1] ?? Number.NaN);
  if (Number.isNaN(start))
    throw new UsageError('cursor: must be the nextCursor of an earlier answer', 'Leave out the cursor.');
  const end = start + PAGE_SIZE;
  return {
    items: items.slice(start, end),
    total: items.length,
    nextCursor: end < items.length ? `o${end}` : null,
  };
}

const LONGEST = 300;

/** Text of the inventory, which anyone who can push an image can choose: without control characters, and cut. */
export function untrusted(text: string | undefined): string | null {
  return text === undefined ? null : printable(text).slice(0, LONGEST);
}
