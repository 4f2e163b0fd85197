import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '@describe-image/services';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { APP } from '../../src/folders.ts';

const ROOT = join(APP, '..', '..');
const PREFIX = '@describe-image/backstage-plugin-describe-image';
/** The published packages and their folders. */
const PACKAGES: Readonly<Record<string, string>> = {
  '@describe-image/core': 'describe-image',
  [PREFIX]: 'backstage-plugin-describe-image',
  [`${PREFIX}-backend`]: 'backstage-plugin-describe-image-backend',
  [`${PREFIX}-common`]: 'backstage-plugin-describe-image-common',
};

const Workspace = z.object({
  catalogs: z.object({ backstage: z.record(z.string(), z.string()) }),
  overrides: z.record(z.string(), z.string()),
  allowBuilds: z.record(z.string(), z.boolean()),
});
const Manifest = z.looseObject({
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()).optional(),
});

/**
 * Creates a Backstage in a temporary folder, with the packages as npm would publish them, installed as the READMEs describe. Returns the
 * folder.
 */
export async function makeConsumer(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'describe-image-backstage-'));
  const tarballs = await packAll(folder);
  const { catalogs, overrides, allowBuilds } = Workspace.parse(
    parse(readFileSync(join(ROOT, 'pnpm-workspace.yaml'), 'utf8')),
  );
  const version = (name: string, wanted: string): string =>
    wanted.startsWith('catalog:') ? (catalogs.backstage[name] ?? wanted) : wanted;
  const pinned = Object.entries(overrides).map(([name, wanted]) => [name, version(name, wanted)]);
  write(folder, 'pnpm-workspace.yaml', {
    packages: ['packages/*'],
    extendNodePath: false,
    pmOnFail: 'ignore',
    allowBuilds,
    overrides: { ...Object.fromEntries(pinned), ...tarballs },
  });
  write(folder, 'package.json', {
    private: true,
    workspaces: ['packages/*'],
    // Backstage's builder searches the configuration schemas from here.
    devDependencies: { app: 'workspace:*', backend: 'workspace:*' },
  });
  write(folder, 'backstage.json', { version: '1.55.0' });
  for (const [name, source] of [
    ['app', 'app'],
    ['backend', 'backend'],
  ] as const) {
    const target = join(folder, 'packages', name);
    mkdirSync(target, { recursive: true });
    for (const part of ['src', ...(name === 'app' ? ['public'] : [])])
      cpSync(join(APP, source, part), join(target, part), { recursive: true });
    const manifest = Manifest.parse(JSON.parse(readFileSync(join(APP, source, 'package.json'), 'utf8')));
    const versions = (dependencies: Readonly<Record<string, string>> = {}) =>
      Object.fromEntries(
        Object.entries(dependencies).flatMap(([dependency, wanted]) => {
          if (dependency.startsWith('@describe-image/backstage-') && !(dependency in PACKAGES))
            return dependency.endsWith('-legacy-app') ? [] : [['app', 'workspace:*']];
          return [[dependency, tarballs[dependency] ?? version(dependency, wanted)]];
        }),
      );
    write(target, 'package.json', {
      ...manifest,
      name,
      dependencies: versions(manifest.dependencies),
      devDependencies: versions(manifest.devDependencies),
    });
  }
  cpSync(join(APP, 'app-config.yaml'), join(folder, 'app-config.yaml'));
  mkdirSync(join(folder, 'packages/catalog'));
  cpSync(join(APP, 'catalog'), join(folder, 'packages/catalog'), { recursive: true });
  await runProgram(['pnpm', 'install', '--no-frozen-lockfile', '--reporter=silent'], { cwd: folder });
  const build = ['pnpm', '--dir', 'packages/app', 'exec', 'cli-module-build', 'package', 'build'];
  await runProgram([...build, '--config', '../../app-config.yaml'], { cwd: folder });
  return folder;
}

/** Packs all packages. Returns the specifiers of the tarballs by package name. */
async function packAll(folder: string): Promise<Readonly<Record<string, string>>> {
  const tarballs: Record<string, string> = {};
  for (const [name, source] of Object.entries(PACKAGES)) {
    const destination = join(folder, 'tarballs', source);
    mkdirSync(destination, { recursive: true });
    await runProgram(['pnpm', 'pack', '--pack-destination', destination], {
      cwd: join(ROOT, 'packages', source),
    });
    tarballs[name] = `file:${join(destination, readdirSync(destination)[0] ?? '')}`;
  }
  return tarballs;
}

function write(folder: string, file: string, content: object): void {
  const text = file.endsWith('.yaml') ? stringify(content) : `${JSON.stringify(content, null, 2)}\n`;
  writeFileSync(join(folder, file), text);
}
