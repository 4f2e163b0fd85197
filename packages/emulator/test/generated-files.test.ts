import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { generatedFiles } from '../scripts/generated-files.ts';
import { demoSeed, parseSeed } from '../src/index.ts';

it('docs/assumptions.md is what its source says (else run `pnpm docs:generate`)', () => {
  expect(read('docs/assumptions.md')).toBe(generatedFiles['docs/assumptions.md']?.());
});

it('seeds/demo.json is a seed, and the demo seed (else run `pnpm docs:generate`)', () => {
  const file: unknown = JSON.parse(read('seeds/demo.json'));
  expect(parseSeed(file)).toEqual(demoSeed);
});

function read(path: string): string {
  return readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
}
