import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { manualPage, referencePage } from '../scripts/reference.ts';
import { COMMANDS } from '../src/commands/index.ts';

const read = (name: string) => readFileSync(new URL(`../docs/${name}`, import.meta.url), 'utf8');

it('the reference and the manual page are those of the definitions', () => {
  expect(read('reference.md')).toBe(referencePage());
  expect(read('describe-image.1')).toBe(manualPage());
});

it('the reference has a section for each command that the help lists', () => {
  const sections = [...referencePage().matchAll(/^## (\w+)$/gm)].map(([, name]) => name);
  expect(sections).toEqual(
    expect.arrayContaining(COMMANDS.filter(({ isHidden }) => !isHidden).map(({ name }) => name)),
  );
  expect(sections).not.toContain('complete');
});
