import { readdirSync, readFileSync } from 'node:fs';
import { parse } from '@babel/parser';
import { checkSync } from 'recheck';
import { expect, it } from 'vitest';

interface Literal {
  readonly file: string;
  readonly pattern: string;
  readonly flags: string;
}

const SOURCES = new URL('../src/', import.meta.url);

/** Every regular expression literal of the package. */
function literals(): Literal[] {
  return readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .flatMap((file) => {
      const code = readFileSync(new URL(file, SOURCES), 'utf8');
      const { tokens } = parse(code, { sourceType: 'module', plugins: ['typescript'], tokens: true });
      return (tokens ?? [])
        .filter(({ type }) => type.label === 'regexp')
        .map(({ value }): Literal => ({ file, pattern: value.pattern, flags: value.flags }));
    });
}

// They all run on text of the service, of files or of callers, and an answer may have 32 MiB.
it('has no regular expression that takes more than linear time', () => {
  const all = literals();
  expect(all.length).toBeGreaterThan(50);
  // Without a time limit: on a busy machine the checker would give up and report "unknown".
  const slow = all.filter(
    ({ pattern, flags }) => checkSync(pattern, flags, { timeout: null }).status !== 'safe',
  );
  expect(slow).toEqual([]);
}, 600_000);

it('finds an expression that takes quadratic time', () => {
  expect(checkSync('CanonicalRequest is \\[([\\s\\S]*)\\]', '')).toMatchObject({
    status: 'vulnerable',
    complexity: { type: 'polynomial', degree: 2 },
  });
});
