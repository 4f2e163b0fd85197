import { expect, it } from 'vitest';
import { renderTable, type TableColumn, tableWidth } from './table.ts';

const columns: readonly TableColumn<readonly [string, string]>[] = [
  { title: 'NAME', cell: ([name]) => name },
  { title: 'N', cell: ([, count]) => count, align: 'right', paint: (text) => `<${text}>` },
];

it('aligns columns by the width of the widest cell', () => {
  const rows = [
    ['a', '1'],
    ['longer', '22'],
  ] as const;
  expect(renderTable(columns, rows)).toBe('NAME     N\na        <1>\nlonger  <22>\n');
  expect(tableWidth(columns, rows)).toBe(10);
});

it('aligns cells that contain wide characters', () => {
  const rows = [
    ['镜像', '1'],
    ['abcd', '2'],
  ] as const;
  expect(renderTable(columns, rows)).toBe('NAME  N\n镜像  <1>\nabcd  <2>\n');
});

it('takes time in proportion to the number of rows', () => {
  const rowsOf = (count: number) => Array.from({ length: count }, (_, row) => [`r${row}`, `${row}`] as const);
  const timeOf = (count: number): number => {
    const rows = rowsOf(count);
    const startedAt = performance.now();
    renderTable(columns, rows);
    return performance.now() - startedAt;
  };
  timeOf(2_000);
  const small = Math.min(timeOf(2_000), timeOf(2_000), timeOf(2_000));
  // Quadratic layout would take 100 times as long.
  expect(timeOf(20_000)).toBeLessThan(40 * Math.max(small, 1));
});
