import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundleProblems } from './check-size.ts';
import { bundleEntry } from './workspace/bundle-entry.ts';
import { temporaryRepository } from './workspace/temporary-repository.ts';

const budget = { specifier: '@x/core/protocol', limitBytes: 200, portable: true, mayImport: ['node:crypto'] };

async function problems(code: string, options: Partial<typeof budget> = {}): Promise<string[]> {
  const root = temporaryRepository({ 'a.ts': code, 'later.ts': `export const later = "${noise(4_000)}";\n` });
  return bundleProblems({ ...budget, ...options }, await bundleEntry(join(root, 'a.ts'))).map(
    ({ what }) => what,
  );
}

/** Text that gzip cannot make much smaller. */
function noise(length: number): string {
  let state = 1;
  return Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return String.fromCharCode(97 + (state % 26));
  }).join('');
}

describe('bundleProblems', () => {
  it('is content with a small module over node:crypto', async () => {
    expect(
      await problems(
        "import { createHash } from 'node:crypto';\nexport const h = () => createHash('sha256');\n",
      ),
    ).toEqual([]);
  });

  it('finds what weighs too much', async () => {
    expect(await problems(`export const text = "${noise(1_000)}";\n`)).toMatchObject([
      expect.stringMatching(/weighs \d+ bytes/),
    ]);
  });

  it('weighs what is loaded at import, not what is loaded when it is needed', async () => {
    expect(await problems("export const load = () => import('./later.ts');\n")).toEqual([]);
    expect(await problems("export { later } from './later.ts';\n")).toHaveLength(1);
  });

  it.each([
    'fetch(u)',
    'process.env',
    'setTimeout(f, 1)',
    'setInterval(f, 1)',
    'globalThis.x',
    'console.log(1)',
  ])('finds %s in the pure half, and lets the rest of core do it', async (code) => {
    const text = `declare const u: string, f: () => void;\nexport const run = () => ${code};\n`;
    expect(await problems(text)).toHaveLength(1);
    expect(await problems(text, { portable: false })).toEqual([]);
  });

  it('finds an import of Node other than node:crypto', async () => {
    expect(await problems("export { readFileSync } from 'node:fs';\n")).toEqual([
      'imports node:fs; it may import node:crypto',
    ]);
  });
});
