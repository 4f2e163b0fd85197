import { describe, expect, it } from 'vitest';
import { findManifestProblems } from './check-manifests.ts';
import { temporaryRepository } from './workspace/temporary-repository.ts';

const good = {
  name: '@describe-image/core',
  description: 'A client',
  license: 'Apache-2.0',
  files: ['dist'],
  engines: { node: '>=20' },
  repository: {
    type: 'git',
    url: 'git+https://github.com/describe-image/describe-image.git',
    directory: 'packages/a',
  },
  homepage: 'https://github.com/describe-image/describe-image/tree/main/packages/a#readme',
  bugs: 'https://github.com/describe-image/describe-image/issues',
  keywords: ['digest'],
  publishConfig: { access: 'public' },
  scripts: { build: 'b', dev: 'd', test: 't', typecheck: 'c', clean: 'x' },
};

function problems(manifest: object, files: Readonly<Record<string, string>> = {}): string[] {
  const root = temporaryRepository({
    'pnpm-workspace.yaml': 'packages:\n  - packages/*\n',
    'packages/a/package.json': JSON.stringify(manifest),
    'packages/a/tsconfig.json': '{}',
    'packages/a/src/a.ts': '',
    ...files,
  });
  return findManifestProblems(root).map(({ what }) => what);
}

describe('findManifestProblems', () => {
  it('accepts a complete manifest', () => {
    expect(problems(good)).toEqual([]);
  });

  it.each(Object.keys(good.scripts))('requires the script "%s" in every published package', (name) => {
    expect(problems({ ...good, scripts: { ...good.scripts, [name]: undefined } })).toMatchObject([
      expect.stringContaining(`"${name}"`),
    ]);
  });

  it('requires the license that n8n verifies in the package for n8n', () => {
    expect(problems({ ...good, n8n: {} })).toMatchObject([expect.stringContaining('MIT')]);
    expect(problems({ ...good, n8n: {}, license: 'MIT' })).toEqual([]);
  });

  it('requires only the script typecheck in a private project', () => {
    expect(problems({ name: 'bench', private: true })).toMatchObject([
      expect.stringContaining('"typecheck"'),
    ]);
  });

  it('requires a tsconfig.json in a project with TypeScript only', () => {
    const found = (files: Record<string, string>): string[] =>
      findManifestProblems(
        temporaryRepository({
          'pnpm-workspace.yaml': 'packages:\n  - packages/*\n',
          'packages/b/package.json': '{"name":"b","private":true,"scripts":{"typecheck":"tsc"}}',
          ...files,
        }),
      ).map(({ what }) => what);
    expect(found({})).toEqual([]);
    expect(found({ 'packages/b/src/b.ts': '' })).toEqual(['must have a tsconfig.json beside it']);
  });

  it.each(['postinstall', 'prepare'])('rejects the script "%s", which npm runs automatically', (name) => {
    expect(problems({ ...good, scripts: { ...good.scripts, [name]: 'x' } })).toHaveLength(1);
  });

  it.each(['license', 'description', 'files', 'engines', 'homepage', 'bugs', 'keywords', 'publishConfig'])(
    'requires "%s" in a published package',
    (name) => {
      expect(problems({ ...good, [name]: undefined })).toHaveLength(1);
    },
  );

  it('requires the URL and the folder of the repository', () => {
    expect(problems({ ...good, repository: undefined })).toMatchObject([
      expect.stringContaining('repository.url'),
      expect.stringContaining('repository.directory'),
    ]);
    expect(problems({ ...good, repository: { ...good.repository, directory: 'packages/b' } })).toHaveLength(
      1,
    );
  });

  it('rejects the homepage of another package', () => {
    expect(problems({ ...good, homepage: good.homepage.replace('packages/a', 'packages/b') })).toHaveLength(
      1,
    );
  });

  it('rejects a second README that npm could show on the page of the package', () => {
    expect(problems(good, { 'packages/a/README.md': '', 'packages/a/README-zh-CN.md': '' })).toEqual([]);
    expect(problems(good, { 'packages/a/README.zh-CN.md': '' })).toMatchObject([
      expect.stringContaining('packages/a/README.zh-CN.md'),
    ]);
  });

  it('rejects an address below .invalid', () => {
    const author = { name: 'A', email: 'maintainers@example.invalid' };
    expect(problems({ ...good, author })).toMatchObject([expect.stringContaining('.invalid')]);
  });

  describe('findManifestProblems, for a Backstage plugin', () => {
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

    it("rejects published exports besides those of Backstage's prepack", () => {
      expect(problems(plugin)).toEqual([]);
      const publishConfig = { access: 'public', exports: { '.': './dist/index.esm.js' } };
      expect(problems({ ...plugin, publishConfig })).toMatchObject([
        expect.stringContaining('publishConfig.exports'),
      ]);
    });

    it.each(['prepack', 'postpack'])('requires the script "%s"', (name) => {
      expect(problems({ ...plugin, scripts: { ...plugin.scripts, [name]: undefined } })).toMatchObject([
        expect.stringContaining(`"${name}"`),
      ]);
    });

    it('requires the export ./package.json', () => {
      expect(problems({ ...plugin, exports: { '.': './src/index.ts' } })).toMatchObject([
        expect.stringContaining('./package.json'),
      ]);
    });

    it('requires all other fields of a published package', () => {
      expect(problems({ ...plugin, license: 'MIT' })).toMatchObject([expect.stringContaining('Apache-2.0')]);
    });
  });

  it.each(['dependencies', 'peerDependencies', 'optionalDependencies'])('rejects %s in core', (kind) => {
    expect(problems({ ...good, [kind]: { 'left-pad': '1.0.0' } })).toMatchObject([
      expect.stringContaining(kind),
    ]);
    expect(problems({ ...good, name: '@describe-image/cli', [kind]: { 'left-pad': '1.0.0' } })).toEqual([]);
  });
});
