import type { Answer } from '../protocol/operation.ts';

/** One answer of a paged operation. */
export type PageAnswer<Row> = Answer<{
  readonly rows: readonly Row[];
  /** The service's count over all pages. */
  readonly totalCount: number | undefined;
}>;

/** One page, without the rows of earlier pages. */
export interface RowPage<Row> extends Omit<PageAnswer<Row>, 'output'> {
  readonly rows: readonly Row[];
  readonly currentPage: number;
  readonly totalCount: number | undefined;
  /** Rows were added or removed between pages. */
  readonly isChanged: boolean;
  readonly isLast: boolean;
}

/** Ends the list if the service repeats rows: a list does not shift by this many pages while it is read. */
const MAX_PAGES_WITHOUT_NEW_ROWS = 10;

/** Reads the pages of a list that can change meanwhile. */
export async function* readPages<Row>(
  ask: (currentPage: number) => Promise<PageAnswer<Row>>,
  keyOf: (row: Row) => string,
): AsyncGenerator<RowPage<Row>, void, undefined> {
  const seen = new Set<string>();
  let count = 0;
  let pagesWithoutNewRows = 0;
  let expected: number | undefined;
  let isChanged = false;
  for (let currentPage = 1; ; currentPage++) {
    const { output, ...answer } = await ask(currentPage);
    const { totalCount } = output;
    expected ??= totalCount;
    count += output.rows.length;
    const rows = output.rows.filter((row) => seen.size < seen.add(keyOf(row)).size);
    pagesWithoutNewRows = rows.length === 0 ? pagesWithoutNewRows + 1 : 0;
    const isLast =
      output.rows.length === 0 ||
      pagesWithoutNewRows === MAX_PAGES_WITHOUT_NEW_ROWS ||
      (totalCount === undefined ? rows.length === 0 : count >= totalCount);
    // A repeated row, another total, or too few rows: rows moved between pages.
    isChanged ||=
      seen.size < count ||
      totalCount !== expected ||
      (isLast && totalCount !== undefined && count < totalCount);
    yield { rows, currentPage, totalCount, isChanged, isLast, ...answer };
    if (isLast) return;
  }
}
