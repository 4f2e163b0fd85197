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

it('renders 20,000 rows within seconds', () => {
  const rows = Array.from({ length: 20_000 }, (_, row) => [`r${row}`, `${row}`] as const);
  const startedAt = performance.now();
  expect(renderTable(columns, rows).split('\n')).toHaveLength(20_002);
  // A layout that is quadratic in the rows takes minutes.
  expect(performance.now() - startedAt).toBeLessThan(20_000);
});
