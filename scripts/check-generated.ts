// Generated documents are up to date. The script `docs:generate` of a package writes them into docs/ or into its own folder.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles } from './workspace/list-files.ts';
import { isRecord, listProjects, type Project } from './workspace/list-projects.ts';
import { type Problem, reportProblems } from './workspace/report-problems.ts';
import { isProgram, ROOT } from './workspace/root.ts';
import { runCommand } from './workspace/run-command.ts';

const SCRIPT = 'docs:generate';

/** Runs all generators and compares their output with the files. Restores the files, because a check changes nothing. */
export async function findStaleDocuments(
  root: string,
  run: (project: Project) => Promise<string | undefined>,
): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const project of listProjects(root).filter(hasGenerator)) {
    const before = readFiles(root, project);
    const failure = await run(project);
    if (failure !== undefined)
      problems.push({ where: project.folder, what: `\`pnpm run ${SCRIPT}\` failed\n${failure}` });
    for (const [file, text] of readFiles(root, project)) {
      if (text === before.get(file)) continue;
      problems.push({
        where: file,
        what: `is outdated; run \`pnpm --filter ${project.name} run ${SCRIPT}\` and commit it`,
      });
    }
    for (const [file, text] of before) {
      if (readFileSync(join(root, file), 'utf8') !== text) writeFileSync(join(root, file), text);
    }
  }
  return problems;
}

function hasGenerator({ manifest }: Project): boolean {
  return isRecord(manifest['scripts']) && typeof manifest['scripts'][SCRIPT] === 'string';
}

function readFiles(root: string, { folder }: Project): Map<string, string> {
  const files = listFiles(root, 'docs', folder);
  return new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));
}

async function runGenerator({ folder }: Project): Promise<string | undefined> {
  const { exitCode, output } = await runCommand(['pnpm', '--silent', '--dir', folder, 'run', SCRIPT], {
    quiet: true,
  });
  return exitCode === 0 ? undefined : output;
}

if (isProgram(import.meta)) {
  reportProblems(await findStaleDocuments(ROOT, runGenerator), 'every generated document is up to date');
}
