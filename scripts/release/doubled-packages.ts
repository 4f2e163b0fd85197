import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Packages of which an app must have one copy: they keep state in modules, or compare classes and contexts. */
const SINGLE = /^(@backstage\/.+|react|react-dom|react-router|react-router-dom)$/;

/**
 * The packages that are installed more than once in an app, with the version and folder of each copy.
 *
 * @param app - Folder with `node_modules` and, in `packages`, workspaces with their own.
 */
export function doubledPackages(app: string): ReadonlyMap<string, readonly string[]> {
  const copies = new Map<string, string[]>();
  const workspaces = existsSync(join(app, 'packages')) ? readdirSync(join(app, 'packages')) : [];
  for (const folder of [app, ...workspaces.map((name) => join(app, 'packages', name))])
    for (const { name, path } of installedIn(join(folder, 'node_modules')))
      if (SINGLE.test(name))
        copies.set(name, [...(copies.get(name) ?? []), `${versionOf(path)} in ${relative(app, path)}`]);
  return new Map([...copies].filter(([, places]) => places.length > 1));
}

function* installedIn(modules: string): Iterable<{ readonly name: string; readonly path: string }> {
  if (!existsSync(modules)) return;
  for (const entry of readdirSync(modules)) {
    const names = entry.startsWith('@')
      ? readdirSync(join(modules, entry)).map((name) => `${entry}/${name}`)
      : [entry];
    for (const name of names) {
      const path = join(modules, name);
      if (existsSync(join(path, 'package.json'))) yield { name, path };
      yield* installedIn(join(path, 'node_modules'));
    }
  }
}

function versionOf(folder: string): string {
  return String(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version);
}
