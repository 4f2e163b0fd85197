import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { generatedFiles } from '../scripts/generated-files.ts';
import { demoSeed, parseSeed } from '../src/index.ts';

it('matches docs/assumptions.md (run `pnpm docs:generate`)', () => {
  expect(read('docs/assumptions.md')).toBe(generatedFiles['docs/assumptions.md']?.());
});

it('matches seeds/demo.json, which is a valid seed (run `pnpm docs:generate`)', () => {
  const file: unknown = JSON.parse(read('seeds/demo.json'));
  expect(parseSeed(file)).toEqual(demoSeed);
});

function read(path: string): string {
  return readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
}
