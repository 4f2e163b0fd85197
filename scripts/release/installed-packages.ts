import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Packages of which an app must have one copy: they keep state in modules, or compare classes and contexts. */
const SINGLE = /^(@backstage\/.+|react|react-dom|react-router|react-router-dom)$/;

/** A package in a `node_modules` folder. */
export interface InstalledPackage {
  readonly name: string;
  readonly path: string;
  readonly manifest: Readonly<Record<string, unknown>>;
}

/**
 * The packages that are installed more than once in an app, with the version and folder of each copy.
 *
 * @param app - Folder with `node_modules` and, in `packages`, workspaces with their own.
 */
export function doubledPackages(app: string): ReadonlyMap<string, readonly string[]> {
  const copies = new Map<string, string[]>();
  for (const { name, path, manifest } of installedPackages(app))
    if (SINGLE.test(name))
      copies.set(name, [...(copies.get(name) ?? []), `${manifest['version']} in ${relative(app, path)}`]);
  return new Map([...copies].filter(([, places]) => places.length > 1));
}

/** All copies of all packages of an app. */
export function* installedPackages(app: string): Iterable<InstalledPackage> {
  const workspaces = existsSync(join(app, 'packages')) ? readdirSync(join(app, 'packages')) : [];
  for (const folder of [app, ...workspaces.map((name) => join(app, 'packages', name))])
    yield* installedIn(join(folder, 'node_modules'));
}

function* installedIn(modules: string): Iterable<InstalledPackage> {
  if (!existsSync(modules)) return;
  for (const entry of readdirSync(modules)) {
    const names = entry.startsWith('@')
      ? readdirSync(join(modules, entry)).map((name) => `${entry}/${name}`)
      : [entry];
    for (const name of names) {
      const path = join(modules, name);
      const manifest = join(path, 'package.json');
      if (existsSync(manifest)) yield { name, path, manifest: JSON.parse(readFileSync(manifest, 'utf8')) };
      yield* installedIn(join(path, 'node_modules'));
    }
  }
}
