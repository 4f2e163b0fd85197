import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ARTIFACTS } from '../ci/machine.ts';
import { isRecord } from '../workspace/list-projects.ts';
import type { EmptyProject } from './empty-project.ts';
import type { Rehearsal } from './rehearsal.ts';
import type { ReleasedPackage } from './release-clone.ts';

/**
 * What an installation may weigh, in MiB on disk with all dependencies. The Backstage plugins are measured in a Backstage app, which
 * has most of their dependencies already; n8n provides the peer of its package.
 */
const BUDGETS_MIB: Readonly<Record<string, number>> = {
  '@describe-image/core': 1.5,
  '@describe-image/cli': 24,
  '@describe-image/emulator': 22,
  '@describe-image/n8n-nodes-describe-image': 1,
};

/** Licences that allow use in closed programs without obligations beyond naming the authors. */
export const LICENCES: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'MIT-0',
  'Python-2.0',
  'Unlicense',
]);

/** Weighs each installation, checks its licences and install scripts, and writes its bill of materials. */
export async function tryPackages({ tally, project, released }: Rehearsal): Promise<void> {
  for (const { name, version } of released.filter((candidate) => candidate.name in BUDGETS_MIB)) {
    const user = await project('package', '24.21.0');
    await user.install(`${name}@${version}`, '--legacy-peer-deps');
    const budget = BUDGETS_MIB[name] ?? 0;
    await tally.try(`${name} weighs at most ${budget} MiB with its dependencies`, async () => {
      const mebibytes = bytesIn(join(user.folder, 'node_modules')) / 2 ** 20;
      if (mebibytes > budget) throw new Error(`it weighs ${mebibytes.toFixed(2)} MiB`);
    });
    await tally.try(`${name} runs no install scripts`, async () => {
      const lock = readFileSync(join(user.folder, 'package-lock.json'), 'utf8');
      if (lock.includes('"hasInstallScript"')) throw new Error(lock);
    });
    await tally.try(`${name} and its dependencies have permissive licences`, async () => {
      const bill = await writeBill(user, { name, version });
      const refused = componentsOf(bill).filter(({ licences }) => !licences.some((id) => LICENCES.has(id)));
      if (refused.length > 0) throw new Error(JSON.stringify(refused, null, 2));
    });
  }
}

/** Writes a CycloneDX bill of materials, which the release workflow attaches to the release. */
async function writeBill(
  user: EmptyProject,
  { name, version }: Pick<ReleasedPackage, 'name' | 'version'>,
): Promise<unknown> {
  // The host provides the peers.
  const withoutPeers = ['--omit=peer', '--legacy-peer-deps'];
  const { stdout } = await user.run(['npm', 'sbom', '--sbom-format', 'cyclonedx', ...withoutPeers]);
  const folder = join(ARTIFACTS, 'sbom');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name.replace('@', '').replace('/', '-')}-${version}.cdx.json`), stdout);
  return JSON.parse(stdout);
}

interface Component {
  readonly name: string;
  readonly licences: readonly string[];
}

function componentsOf(bill: unknown): readonly Component[] {
  const components = isRecord(bill) ? bill['components'] : undefined;
  if (!Array.isArray(components)) throw new Error('the bill of materials has no components');
  return components.filter(isRecord).map((component) => ({
    name: `${component['name']}@${component['version']}`,
    licences: licencesOf(component['licenses']),
  }));
}

function licencesOf(licenses: unknown): readonly string[] {
  if (!Array.isArray(licenses)) return [];
  return licenses.filter(isRecord).flatMap(({ license, expression }) => {
    if (typeof expression === 'string') return expression.replace(/[()]/g, '').split(/ OR | AND /);
    const id = isRecord(license) ? (license['id'] ?? license['name']) : undefined;
    return typeof id === 'string' ? [id] : [];
  });
}

/** The size of all files of a folder. */
export function bytesIn(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}
