import Table from 'cli-table3';

export interface TableColumn<Row> {
  readonly title: string;
  readonly cell: (row: Row) => string;
  /** Colours the cell. Not for shrinkable columns: wrapping would split the escape sequence. */
  readonly paint?: ((text: string, row: Row) => string) | undefined;
  readonly align?: 'left' | 'right' | undefined;
  /** Whether cells may be wrapped on a narrow terminal. */
  readonly shrinkable?: boolean | undefined;
}

export interface TableLayout {
  /** Maximum width in characters. @defaultValue unlimited */
  readonly width?: number | undefined;
  /** Spaces between columns. @defaultValue 2 */
  readonly gap?: number | undefined;
  readonly paintTitles?: ((titles: string) => string) | undefined;
}

/** Renders a table without borders, with a final newline. Cells are wrapped, never truncated. */
export function renderTable<Row>(
  columns: readonly TableColumn<Row>[],
  rows: readonly Row[],
  layout: TableLayout = {},
): string {
  const { gap = DEFAULT_GAP, paintTitles = (titles) => titles } = layout;
  const table = new Table({
    head: columns.map(({ title }) => title),
    colAligns: columns.map(({ align = 'left' }) => align),
    colWidths: columnWidths(columns, rows, layout),
    wordWrap: true,
    wrapOnWordBoundary: false,
    chars: NO_LINES,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': gap },
  });
  for (const row of rows)
    table.push(columns.map(({ cell, paint = (text: string) => text }) => paint(cell(row), row)));
  const [titles = '', ...lines] = table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
  return `${[paintTitles(titles), ...lines].join('\n')}\n`;
}

/** Width of the table when no column is shrunk. */
export function tableWidth<Row>(
  columns: readonly TableColumn<Row>[],
  rows: readonly Row[],
  gap: number = DEFAULT_GAP,
): number {
  return naturalWidths(columns, rows).reduce((sum, content) => sum + content + gap, -gap);
}

const DEFAULT_GAP = 2;

function naturalWidths<Row>(columns: readonly TableColumn<Row>[], rows: readonly Row[]): readonly number[] {
  return columns.map(({ title, cell }) =>
    rows.reduce((widest, row) => Math.max(widest, cell(row).length), title.length),
  );
}

/** Column widths within the maximum. `null`: as wide as its content. */
function columnWidths<Row>(
  columns: readonly TableColumn<Row>[],
  rows: readonly Row[],
  { width = Number.POSITIVE_INFINITY, gap = DEFAULT_GAP }: TableLayout,
): (number | null)[] {
  const natural = naturalWidths(columns, rows);
  const wanted = natural.map((content) => content + gap);
  let excess = wanted.reduce((sum, content) => sum + content, -gap) - width;
  while (excess > 0) {
    const widest = columns
      .map(({ shrinkable, title }, index) => {
        const content = wanted[index] ?? 0;
        // A column is never narrower than its title.
        return { index, content, spare: shrinkable && content > title.length + gap ? content : 0 };
      })
      .reduce((best, column) => (column.spare > best.spare ? column : best));
    if (widest.spare === 0) break;
    wanted[widest.index] = widest.content - 1;
    excess--;
  }
  return wanted.map((content, index) => (content === (natural[index] ?? 0) + gap ? null : content));
}

const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
};
