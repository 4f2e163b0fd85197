import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { errorsDocument } from '../scripts/errors-document.ts';

it('generates the committed docs/errors.md: run `pnpm docs:generate` after a change', () => {
  const committed = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8');
  expect(committed).toBe(errorsDocument());
});
