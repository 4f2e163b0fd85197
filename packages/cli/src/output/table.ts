import stringWidth from 'string-width';

export interface TableColumn<Row> {
  readonly title: string;
  readonly cell: (row: Row) => string;
  readonly paint?: ((text: string, row: Row) => string) | undefined;
  readonly align?: 'left' | 'right' | undefined;
}

export interface TableLayout {
  /** Spaces between columns. @defaultValue 2 */
  readonly gap?: number | undefined;
  readonly paintTitles?: ((titles: string) => string) | undefined;
}

/** Renders a table without borders, with a final newline. No cell is shortened or wrapped. */
export function renderTable<Row>(
  columns: readonly TableColumn<Row>[],
  rows: readonly Row[],
  { gap = DEFAULT_GAP, paintTitles = (titles) => titles }: TableLayout = {},
): string {
  const widths = columnWidths(columns, rows);
  const lineOf = (textOf: (column: TableColumn<Row>) => string, row?: Row): string =>
    columns
      .map((column, index) => {
        const text = textOf(column);
        const margin = ' '.repeat(Math.max((widths[index] ?? 0) - stringWidth(text), 0));
        const painted = row === undefined ? text : (column.paint?.(text, row) ?? text);
        return column.align === 'right' ? margin + painted : painted + margin;
      })
      .join(' '.repeat(gap))
      .trimEnd();
  const titles = paintTitles(lineOf(({ title }) => title));
  return [titles, ...rows.map((row) => lineOf(({ cell }) => cell(row), row)), ''].join('\n');
}

/** Width of the table in characters. */
export function tableWidth<Row>(
  columns: readonly TableColumn<Row>[],
  rows: readonly Row[],
  gap: number = DEFAULT_GAP,
): number {
  return columnWidths(columns, rows).reduce((sum, width) => sum + width + gap, -gap);
}

const DEFAULT_GAP = 2;

function columnWidths<Row>(columns: readonly TableColumn<Row>[], rows: readonly Row[]): readonly number[] {
  return columns.map(({ title, cell }) =>
    rows.reduce((widest, row) => Math.max(widest, stringWidth(cell(row))), stringWidth(title)),
  );
}
