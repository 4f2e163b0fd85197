import { describe, expect, it } from 'vitest';
import { findManifestProblems } from './check-manifests.ts';
import { temporaryRepository } from './workspace/temporary-repository.ts';

const good = {
  name: '@describe-image/core',
  description: 'A client',
  license: 'Apache-2.0',
  files: ['dist'],
  engines: { node: '>=20' },
  repository: { type: 'git', url: 'git+https://example.com/x.git' },
  publishConfig: { access: 'public' },
  scripts: { build: 'b', dev: 'd', test: 't', typecheck: 'c', clean: 'x' },
};

function problems(manifest: object): string[] {
  const root = temporaryRepository({
    'pnpm-workspace.yaml': 'packages:\n  - packages/*\n',
    'packages/a/package.json': JSON.stringify(manifest),
    'packages/a/tsconfig.json': '{}',
  });
  return findManifestProblems(root).map(({ what }) => what);
}

describe('findManifestProblems', () => {
  it('is content with a complete manifest', () => {
    expect(problems(good)).toEqual([]);
  });

  it.each(Object.keys(good.scripts))('asks every published package for the script "%s"', (name) => {
    expect(problems({ ...good, scripts: { ...good.scripts, [name]: undefined } })).toMatchObject([
      expect.stringContaining(`"${name}"`),
    ]);
  });

  it('asks the package for n8n for the license that n8n verifies', () => {
    expect(problems({ ...good, n8n: {} })).toMatchObject([expect.stringContaining('MIT')]);
    expect(problems({ ...good, n8n: {}, license: 'MIT' })).toEqual([]);
  });

  it('asks a private project only to compile', () => {
    expect(problems({ name: 'bench', private: true })).toMatchObject([
      expect.stringContaining('"typecheck"'),
    ]);
  });

  it.each(['postinstall', 'prepare'])('refuses the script "%s", which runs unasked', (name) => {
    expect(problems({ ...good, scripts: { ...good.scripts, [name]: 'x' } })).toHaveLength(1);
  });

  it.each(['license', 'description', 'files', 'engines', 'repository', 'publishConfig'])(
    'asks a published package for "%s"',
    (name) => {
      expect(problems({ ...good, [name]: undefined })).toHaveLength(1);
    },
  );

  it('asks that what is published leads nobody to sources, and is otherwise what was tried', () => {
    const exports = { '.': { source: './src/index.ts', default: './dist/index.js' } };
    const published = { '.': { default: './dist/index.js' } };
    expect(problems({ ...good, exports, publishConfig: { access: 'public', exports: published } })).toEqual(
      [],
    );
    expect(problems({ ...good, exports })).toMatchObject([expect.stringContaining('publishConfig.exports')]);
    const other = { '.': { default: './dist/other.js' } };
    expect(problems({ ...good, exports, publishConfig: { access: 'public', exports: other } })).toHaveLength(
      1,
    );
  });

  describe('of a Backstage plugin', () => {
    const plugin = {
      ...good,
      name: '@describe-image/backstage-plugin-x',
      backstage: { role: 'frontend-plugin' },
      exports: { '.': './src/index.ts', './package.json': './package.json' },
      scripts: {
        ...good.scripts,
        prepack: 'cli-module-build package prepack',
        postpack: 'cli-module-build package postpack',
      },
    };

    it("leaves the published exports to Backstage's prepack", () => {
      expect(problems(plugin)).toEqual([]);
      const publishConfig = { access: 'public', exports: { '.': './dist/index.esm.js' } };
      expect(problems({ ...plugin, publishConfig })).toMatchObject([
        expect.stringContaining('publishConfig.exports'),
      ]);
    });

    it.each(['prepack', 'postpack'])('asks for the script "%s"', (name) => {
      expect(problems({ ...plugin, scripts: { ...plugin.scripts, [name]: undefined } })).toMatchObject([
        expect.stringContaining(`"${name}"`),
      ]);
    });

    it('asks that hosts can discover it', () => {
      expect(problems({ ...plugin, exports: { '.': './src/index.ts' } })).toMatchObject([
        expect.stringContaining('./package.json'),
      ]);
    });

    it('asks for everything else that a published package has', () => {
      expect(problems({ ...plugin, license: 'MIT' })).toMatchObject([expect.stringContaining('Apache-2.0')]);
    });
  });

  it.each(['dependencies', 'peerDependencies', 'optionalDependencies'])('refuses %s in core', (kind) => {
    expect(problems({ ...good, [kind]: { 'left-pad': '1.0.0' } })).toMatchObject([
      expect.stringContaining(kind),
    ]);
    expect(problems({ ...good, name: '@describe-image/cli', [kind]: { 'left-pad': '1.0.0' } })).toEqual([]);
  });
});
