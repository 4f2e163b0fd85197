// Every package is right as its users will get it: the packed tarball, not the folder.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { type Exceptions, packageExceptions } from './package-exceptions.ts';
import { listProjects, type Project } from './workspace/list-projects.ts';
import { packProject } from './workspace/pack-project.ts';
import { type Problem, reportProblems } from './workspace/report-problems.ts';
import { isProgram, ROOT } from './workspace/root.ts';
import { runTool } from './workspace/run-tool.ts';

/**
 * Which resolutions the types are tried under. `node16` is all but the one of Node 10, which knows no
 * subpaths; `esm-only` leaves CommonJS out.
 */
const PROFILES: Readonly<Record<string, 'node16' | 'esm-only'>> = { '@describe-image/core': 'node16' };

/** What publint and arethetypeswrong say of one packed package, but for what it cannot mend. */
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
  const { exitCode, output } = await runTool(process.execPath, args, { cwd: ROOT });
  return exitCode === 0 ? published : [...published, `arethetypeswrong:\n${output.trim()}`];
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
  reportProblems(problems, `${packages.length} packages are right as they would be published`);
}
