import { describe, expect, it } from 'vitest';
import { findPackageProblems } from './check-packages.ts';
import { packageExceptions } from './package-exceptions.ts';
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
  it('is content with a package whose files are where its manifest says', async () => {
    expect(await problems(good)).toBe('');
  });

  it('finds an export whose file is not in the tarball', async () => {
    expect(await problems({ ...good, exports: { '.': './dist/gone.js' } })).toContain('publint');
  });

  it('finds an export without types', async () => {
    expect(
      await problems({ ...good, exports: { '.': './dist/a.js', './b': { default: './dist/b.js' } } }),
    ).toContain('arethetypeswrong');
  });

  it("lets Backstage's own conventions stand for its plugins alone, and still finds what is missing", async () => {
    const exports = { '.': { import: './dist/a.js', types: './dist/a.d.ts', default: './dist/a.js' } };
    const backstage = { role: 'common-library' };
    expect(await problems({ ...good, exports })).toContain('publint');
    expect(await problems({ ...good, exports, backstage })).toBe('');
    const gone = { '.': { import: './dist/gone.js', types: './dist/a.d.ts', default: './dist/gone.js' } };
    expect(await problems({ ...good, exports: gone, backstage })).toContain('gone.js');
  });

  it('finds that CommonJS cannot require what promises to serve it', async () => {
    expect(await problems(good, 'node16')).toContain('arethetypeswrong');
  });
});
