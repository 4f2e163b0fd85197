import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const DOCUMENT = readFileSync(join(import.meta.dirname, '../../../../docs/credentials.md'), 'utf8');
const CITATIONS = [...DOCUMENT.matchAll(/`([\w-]+\.test\.ts)`: "([^"]+)"/g)].map(
  ([, file = '', title = '']) => ({ file, title }),
);

it('finds a test in every row of the tables of docs/credentials.md', () => {
  const tables = DOCUMENT.split('\n## ').filter((part) => /\| Test \|/.test(part));
  const rows = tables.flatMap((part) =>
    part.split('\n').filter((line) => /^\| (?!---|Mode |Rule |Promise |`@alicloud)/.test(line)),
  );
  expect(rows.length).toBeGreaterThan(40);
  for (const row of rows) expect(row).toMatch(/`[\w-]+\.test\.ts`: "/);
});

it.each(CITATIONS)('finds the test that docs/credentials.md cites: $title', ({ file, title }) => {
  expect(readFileSync(join(import.meta.dirname, file), 'utf8')).toContain(title);
});
