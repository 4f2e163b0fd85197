import { CONTENDERS, type ContenderName } from './contenders/contenders.ts';

/** One measured figure for each contender. */
export type Figures = ReadonlyMap<ContenderName, number>;

/** The official package that does best. */
export function bestOfficial(figures: Figures, best: 'lowest' | 'highest' = 'lowest'): number {
  const official = [...figures].filter(([name]) => CONTENDERS[name].official).map(([, figure]) => figure);
  return best === 'lowest' ? Math.min(...official) : Math.max(...official);
}

/** Figures beside their ratios to the limit and to the best official package. */
export function ratioTable(
  unit: string,
  figures: Figures,
  { digits = 0, best = 'lowest' }: { digits?: number; best?: 'lowest' | 'highest' } = {},
): string {
  const limit = figures.get('limit') ?? Number.NaN;
  const official = bestOfficial(figures, best);
  return textTable(
    ['', unit, '÷ limit', '÷ best official'],
    [...figures].map(([name, figure]) => [
      CONTENDERS[name].label,
      figure.toFixed(digits),
      (figure / limit).toFixed(2),
      (figure / official).toFixed(2),
    ]),
  );
}

/** The first column to the left, numbers to the right. */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    )
    .map((line) => `  ${line}`)
    .join('\n');
}
