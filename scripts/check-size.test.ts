import { describe, expect, it } from 'vitest';
import { type Budget, measure } from './check-size.ts';
import { temporaryRepository } from './workspace/temporary-repository.ts';

const budget: Budget = {
  subject: 'x',
  source: 'a.ts',
  limitBytes: 200,
  portable: true,
  mayImport: ['node:crypto'],
};

async function problems(code: string, options: Partial<Budget> = {}): Promise<string[]> {
  const root = temporaryRepository({ 'a.ts': code, 'later.ts': `export const later = "${noise(4_000)}";\n` });
  return (await measure(root, { ...budget, ...options })).problems.map(({ what }) => what);
}

/** Text that gzip cannot make much smaller. */
function noise(length: number): string {
  let state = 1;
  return Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return String.fromCharCode(97 + (state % 26));
  }).join('');
}

describe('measure', () => {
  it('accepts a small module over node:crypto', async () => {
    expect(
      await problems(
        "import { createHash } from 'node:crypto';\nexport const h = () => createHash('sha256');\n",
      ),
    ).toEqual([]);
  });

  it('reports an entry point above its limit', async () => {
    expect(await problems(`export const text = "${noise(1_000)}";\n`)).toMatchObject([
      expect.stringMatching(/has \d+ bytes at import/),
    ]);
  });

  it('counts the code loaded at import, and with a total limit also the code loaded later', async () => {
    const later = "export const load = () => import('./later.ts');\n";
    expect(await problems(later)).toEqual([]);
    expect(await problems(later, { totalLimitBytes: 1_000 })).toMatchObject([
      expect.stringMatching(/has \d+ bytes in all/),
    ]);
    expect(await problems("export { later } from './later.ts';\n")).toHaveLength(1);
  });

  it('reports an entry point that loads too many files', async () => {
    const two = "import './later.ts';\nexport { later } from './later.ts';\nexport const one = 1;\n";
    expect(await problems(two, { limitBytes: 9_000, maxFiles: 2 })).toEqual([]);
    expect(await problems(two, { limitBytes: 9_000, maxFiles: 1 })).toEqual([
      'loads 2 files at import; the limit is 1',
    ]);
  });

  it('counts only the named exports', async () => {
    const two = "export { later } from './later.ts';\nexport const small = 1;\n";
    expect(await problems(two, { names: ['small'] })).toEqual([]);
    expect(await problems(two, { names: ['later'] })).toHaveLength(1);
  });

  it.each([
    'fetch(u)',
    'process.env',
    'setTimeout(f, 1)',
    'setInterval(f, 1)',
    'globalThis.x',
    'console.log(1)',
  ])('reports %s in a portable entry point only', async (code) => {
    const text = `declare const u: string, f: () => void;\nexport const run = () => ${code};\n`;
    expect(await problems(text)).toHaveLength(1);
    expect(await problems(text, { portable: false })).toEqual([]);
  });

  it('reports an import that the bundle of Node leaves out because nothing uses it', async () => {
    expect(
      await problems(
        "import * as fs from 'node:fs';\nexport const unused = () => fs.statSync('.');\nexport const one = 1;\n",
        { names: ['one'] },
      ),
    ).toEqual(['imports node:fs; it may import node:crypto']);
  });

  it('reports an import of Node other than node:crypto', async () => {
    expect(await problems("export { readFileSync } from 'node:fs';\n")).toEqual([
      'imports node:fs; it may import node:crypto',
    ]);
  });
});
