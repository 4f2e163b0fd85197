// Updates the workspace to the newest Backstage: `pnpm backstage:bump <release>`, for example 1.58.0.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRecord, listProjects } from './workspace/list-projects.ts';
import { isProgram, ROOT } from './workspace/root.ts';
import { mustRun } from './workspace/run-command.ts';

const CATALOG_LINE = /^( {4}"(@backstage\/[a-z-]+)": )([\^~].+)$/gm;

/** Files with the number of the release, which Backstage's tools read. */
const RELEASE_FILES = ['backstage.json', 'apps/backstage/backstage.json'];

/**
 * The range of a package in the catalog after an update.
 *
 * @param range - Carets and tildes, separated by ` || `.
 * @param isPublished - Whether a published plugin depends on the package: older versions stay in its range.
 */
export function nextRange(range: string, version: string, isPublished: boolean): string {
  // A caret allows no update of 0.0.x.
  const newest = version.startsWith('0.0.') ? `~${version}` : `^${version}`;
  if (!isPublished) return newest;
  const supported = range.split(' || ');
  const isCovered = supported.some((part) => compatibleLine(part.slice(1)) === compatibleLine(version));
  return isCovered ? range : [...supported, newest].join(' || ');
}

/** Versions of one line are compatible: `1`, `0.18`, `0.0`. */
function compatibleLine(version: string): string {
  const [major = '', minor = ''] = version.split('.');
  return major === '0' ? `0.${minor}` : major;
}

/** The text of pnpm-workspace.yaml with the ranges of the catalog updated. */
export function updateCatalog(
  yaml: string,
  versions: ReadonlyMap<string, string>,
  published: ReadonlySet<string>,
): string {
  return yaml.replace(CATALOG_LINE, (line, start: string, name: string, range: string) => {
    const version = versions.get(name);
    return version === undefined ? line : `${start}${nextRange(range, version, published.has(name))}`;
  });
}

/** The Backstage packages of which the lockfile has several versions. */
export function findMixedPackages(lockfile: string): readonly string[] {
  const [, rest = ''] = lockfile.split('\npackages:\n');
  const [packages = ''] = rest.split('\nsnapshots:\n');
  const names = Array.from(
    packages.matchAll(/^ {2}'(@backstage\/[a-z-]+)@[^']+':$/gm),
    ([, name = '']) => name,
  );
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}

async function newestVersions(yaml: string): Promise<ReadonlyMap<string, string>> {
  const versions = new Map<string, string>();
  for (const [, , name = ''] of yaml.matchAll(CATALOG_LINE)) {
    const { stdout } = await mustRun(['npm', 'view', name, 'version'], { quiet: true });
    versions.set(name, stdout.trim());
  }
  return versions;
}

/** The dependencies of the published plugins. */
function publishedDependencies(): ReadonlySet<string> {
  const plugins = listProjects(ROOT).filter(
    ({ published, manifest }) => published && 'backstage' in manifest,
  );
  return new Set(
    plugins.flatMap(({ manifest }) =>
      isRecord(manifest['dependencies']) ? Object.keys(manifest['dependencies']) : [],
    ),
  );
}

if (isProgram(import.meta)) {
  const [release = ''] = process.argv.slice(2);
  if (!/^\d+\.\d+\.\d+$/.test(release))
    throw new Error(
      `backstage:bump: the release must be three numbers, got ${release || 'none'}. Use one of https://backstage.io/docs/releases`,
    );
  const file = join(ROOT, 'pnpm-workspace.yaml');
  const yaml = readFileSync(file, 'utf8');
  writeFileSync(file, updateCatalog(yaml, await newestVersions(yaml), publishedDependencies()));
  for (const path of RELEASE_FILES)
    writeFileSync(join(ROOT, path), `${JSON.stringify({ version: release }, null, 2)}\n`);
  await mustRun(['pnpm', 'install', '--no-frozen-lockfile']);
  // Installing keeps locked versions that are in the new ranges.
  await mustRun(['pnpm', '-r', 'update', '--no-save', '--depth', 'Infinity', '@backstage/*']);
  const mixed = findMixedPackages(readFileSync(join(ROOT, 'pnpm-lock.yaml'), 'utf8'));
  for (const name of mixed)
    console.log(
      `${name} has several versions. Run \`pnpm why -r ${name}\`, and add an override of what holds it back`,
    );
  process.exitCode = mixed.length > 0 ? 1 : 0;
}
