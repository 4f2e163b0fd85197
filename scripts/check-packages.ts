// publint and arethetypeswrong accept the packed tarball of each package, and its dependencies are ranges.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { isRecord, listProjects, type Project } from './workspace/list-projects.ts';
import { packProject } from './workspace/pack-project.ts';
import { type Problem, reportProblems } from './workspace/report-problems.ts';
import { isProgram, ROOT } from './workspace/root.ts';
import { runCommand } from './workspace/run-command.ts';

/**
 * The module resolutions to check. `node16` is all but Node 10's, which ignores `exports`; `esm-only` also leaves
 * out CommonJS.
 */
const PROFILES: Readonly<Record<string, 'node16' | 'esm-only'>> = { '@describe-image/core': 'node16' };

/** Messages that a package cannot avoid. */
export interface Exceptions {
  /** publint's codes. */
  readonly publint: readonly string[];
  /** arethetypeswrong's rules. */
  readonly attw: readonly string[];
}

const NONE: Exceptions = { publint: [], attw: [] };

/**
 * Messages about what Backstage's `prepack` writes into the package.json of each plugin. Hosts read the same
 * manifests of all other plugins.
 */
const BACKSTAGE: Exceptions = {
  publint: [
    'USE_TYPE', // its builder marks the formats by the endings .cjs.js and .esm.js
    'FILE_INVALID_FORMAT', // only bundlers import .esm.js
    'EXPORTS_TYPES_SHOULD_BE_FIRST', // "types" comes after "import" and "require"
    'TYPES_NOT_EXPORTED', // for the same reason; the compiler falls back to "types"
    'EXPORTS_VALUE_INVALID', // the condition "backstage" names the kind of the default export, not a file
    'CJS_WITH_ESMODULE_DEFAULT_EXPORT', // the backend loads a plugin's default export through interop
  ],
  attw: [
    'fallback-condition', // "types" after "import" and "require"
    'unexpected-module-syntax', // .esm.js without a type
    'cjs-only-exports-default', // the plugin is the default export
  ],
};

/** The messages to ignore for a package, because its host has other conventions. */
export function packageExceptions(manifest: Readonly<Record<string, unknown>>): Exceptions {
  return 'backstage' in manifest ? BACKSTAGE : NONE;
}

/** Dependencies that must not be newer: `pnpm-workspace.yaml` has the reasons. */
const HELD_BACK = ['light-my-request'];

/** The dependencies of a packed manifest that have an exact version, which a host would install beside its own. */
export function findExactDependencies(manifest: unknown): string[] {
  const dependencies = isRecord(manifest) ? manifest['dependencies'] : undefined;
  return Object.entries(isRecord(dependencies) ? dependencies : {})
    .filter(([name, range]) => /^\d/.test(String(range)) && !HELD_BACK.includes(name))
    .map(([name, range]) => `depends on exactly ${name} ${range}; make it a range in pnpm-workspace.yaml`);
}

/** The messages of publint and arethetypeswrong about a packed package, without its exceptions. */
export async function findPackageProblems(
  tarball: string,
  profile: 'node16' | 'esm-only',
  exceptions: Exceptions,
): Promise<string[]> {
  const bytes = readFileSync(tarball);
  const buffer = new Uint8Array(bytes).buffer;
  const { messages, pkg } = await publint({ pack: { tarball: buffer }, strict: true });
  const published = messages
    .filter(({ code }) => !exceptions.publint.includes(code))
    .map((message) => `publint: ${formatMessage(message, pkg, { color: false }) ?? message.code}`);

  const attw = join(ROOT, 'scripts/node_modules/@arethetypeswrong/cli/dist/index.js');
  const args = [attw, tarball, '--profile', profile, '--format', 'ascii', '--no-color', '--no-emoji'];
  if (exceptions.attw.length > 0) args.push('--ignore-rules', ...exceptions.attw);
  const { exitCode, output } = await runCommand([process.execPath, ...args], { quiet: true });
  const own = [...findExactDependencies(pkg), ...published];
  return exitCode === 0 ? own : [...own, `arethetypeswrong:\n${output.trim()}`];
}

async function problemsOf(project: Project): Promise<Problem[]> {
  if (!existsSync(join(ROOT, project.folder, 'dist'))) {
    return [{ where: project.folder, what: 'is not built; run `pnpm build`' }];
  }
  const found = await findPackageProblems(
    await packProject(ROOT, project),
    PROFILES[project.name] ?? 'esm-only',
    packageExceptions(project.manifest),
  );
  return found.map((what) => ({ where: project.folder, what }));
}

if (isProgram(import.meta)) {
  const packages = listProjects(ROOT).filter(
    ({ published, folder }) => published && existsSync(join(ROOT, folder, 'src')),
  );
  const problems: Problem[] = [];
  for (const project of packages) problems.push(...(await problemsOf(project)));
  reportProblems(problems, `${packages.length} packed packages have no problems`);
}
