import { describe, expect, it } from 'vitest';
import { findPackageProblems } from './check-packages.ts';
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
  return (await findPackageProblems(await packProject(root, project), profile)).join('\n');
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

  it('finds that CommonJS cannot require what promises to serve it', async () => {
    expect(await problems(good, 'node16')).toContain('arethetypeswrong');
  });
});
