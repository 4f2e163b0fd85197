// A package that bundles another one has a changeset whenever the bundled sources change: no version range delivers the change to its users.
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from 'esbuild';
import { type Problem, reportProblems } from './workspace/report-problems.ts';
import { isProgram, ROOT } from './workspace/root.ts';

/** A package that contains the sources of others. */
export interface BundlingPackage {
  readonly name: string;
  /** Relative to the repository. */
  readonly folder: string;
  /** Sources that end up in the tarball, relative to the repository. */
  readonly sources: readonly string[];
}

/** The package as a problem when its bundled sources changed after its last release and no pending changeset names it. */
export function changesetProblems(
  root: string,
  { name, folder, sources }: BundlingPackage,
): readonly Problem[] {
  const pending = globSync('.changeset/*.md', { cwd: root })
    .filter((file) => !file.endsWith('README.md'))
    .map((file) => readFileSync(join(root, file), 'utf8'));
  if (pending.some((text) => new RegExp(`^["']${name}["']:`, 'm').test(text))) return [];
  const changed = changedSince(lastRelease(root, folder), root, sources);
  if (changed.length === 0) return [];
  return [
    { where: folder, what: `bundles changed files but has no changeset: ${changed.slice(0, 5).join(', ')}` },
  ];
}

/** The commit that wrote the changelog last, which is the one that raised the version. `undefined` before the first release. */
function lastRelease(root: string, folder: string): string | undefined {
  const changelog = `${folder}/CHANGELOG.md`;
  if (!existsSync(join(root, changelog))) return undefined;
  return git(root, 'log', '-1', '--format=%H', '--', changelog)[0];
}

function changedSince(
  commit: string | undefined,
  root: string,
  sources: readonly string[],
): readonly string[] {
  return commit === undefined ? sources : git(root, 'diff', '--name-only', commit, '--', ...sources);
}

function git(root: string, ...args: readonly string[]): readonly string[] {
  const output = execFileSync('git', args, { cwd: root, encoding: 'utf8' });
  return output.split('\n').filter((line) => line !== '');
}

/** The n8n package, whose verification allows no dependencies. */
async function n8nPackage(): Promise<BundlingPackage> {
  const folder = 'packages/n8n-nodes-describe-image';
  const { metafile } = await build({
    absWorkingDir: join(ROOT, folder),
    entryPoints: globSync(['nodes/*/*.node.ts', 'credentials/*.ts'], { cwd: join(ROOT, folder) }),
    bundle: true,
    metafile: true,
    write: false,
    outdir: 'unused',
    platform: 'node',
    conditions: ['source'],
    external: ['n8n-workflow'],
  });
  const sources = Object.keys(metafile.inputs).map((file) =>
    relative(ROOT, join(ROOT, folder, file)).replaceAll('\\', '/'),
  );
  return { name: '@describe-image/n8n-nodes-describe-image', folder, sources };
}

if (isProgram(import.meta)) {
  const bundling = await n8nPackage();
  reportProblems(
    changesetProblems(ROOT, bundling),
    `${bundling.sources.length} bundled files are released or have a changeset`,
  );
}
