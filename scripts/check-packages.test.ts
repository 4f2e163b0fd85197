import { describe, expect, it } from 'vitest';
import { findPackageProblems, packageExceptions } from './check-packages.ts';
import { packProject } from './workspace/pack-project.ts';
import { temporaryRepository } from './workspace/temporary-repository.ts';

const good = {
  name: 'a',
  version: '1.0.0',
  license: 'MIT',
  type: 'module',
  files: ['dist'],
  exports: { '.': { types: './dist/a.d.ts', default: './dist/a.js' } },
};
const files = { 'dist/a.js': 'export const a = 1;\n', 'dist/a.d.ts': 'export declare const a: number;\n' };

async function problems(manifest: object, profile: 'node16' | 'esm-only' = 'esm-only'): Promise<string> {
  const root = temporaryRepository({
    'package.json': JSON.stringify(manifest),
    'pnpm-workspace.yaml': 'packages: []\n',
    ...files,
  });
  const project = { name: 'a', folder: '.', manifest: {}, published: true };
  const tarball = await packProject(root, project);
  return (await findPackageProblems(tarball, profile, packageExceptions({ ...manifest }))).join('\n');
}

describe('findPackageProblems', () => {
  it('accepts a package with all files of its manifest', async () => {
    expect(await problems(good)).toBe('');
  });

  it('reports an export whose file is not in the tarball', async () => {
    expect(await problems({ ...good, exports: { '.': './dist/gone.js' } })).toContain('publint');
  });

  it('reports a dependency on an exact version, and accepts a range', async () => {
    expect(await problems({ ...good, dependencies: { zod: '4.6.7' } })).toContain('exactly zod 4.6.7');
    expect(await problems({ ...good, dependencies: { zod: '^4.6.7' } })).toBe('');
  });

  it('reports an export without types', async () => {
    expect(
      await problems({ ...good, exports: { '.': './dist/a.js', './b': { default: './dist/b.js' } } }),
    ).toContain('arethetypeswrong');
  });

  it("accepts Backstage's conventions in its plugins only, and reports missing files", async () => {
    const exports = { '.': { import: './dist/a.js', types: './dist/a.d.ts', default: './dist/a.js' } };
    const backstage = { role: 'common-library' };
    expect(await problems({ ...good, exports })).toContain('publint');
    expect(await problems({ ...good, exports, backstage })).toBe('');
    const gone = { '.': { import: './dist/gone.js', types: './dist/a.d.ts', default: './dist/gone.js' } };
    expect(await problems({ ...good, exports: gone, backstage })).toContain('gone.js');
  });

  it('reports a package without CommonJS under the profile node16', async () => {
    expect(await problems(good, 'node16')).toContain('arethetypeswrong');
  });
});
