// Every project compiles, with the settings of its own tsconfig.json.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles } from './workspace/list-files.ts';
import { listProjects } from './workspace/list-projects.ts';
import { type Problem, reportProblems } from './workspace/report-problems.ts';
import { isProgram, ROOT } from './workspace/root.ts';
import { runTool } from './workspace/run-tool.ts';

/** What the compiler says of each project that has TypeScript. One without a tsconfig.json is a problem too. */
export async function findTypeProblems(root: string, compiler: string): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const { folder } of listProjects(root)) {
    if (listFiles(root, `${folder}/*.ts`, `${folder}/*.tsx`).length === 0) continue;
    if (!existsSync(join(root, folder, 'tsconfig.json'))) {
      problems.push({
        where: folder,
        what: 'has TypeScript, but no tsconfig.json that extends tsconfig.base.json',
      });
      continue;
    }
    const { exitCode, output } = await runTool(
      process.execPath,
      [compiler, '-p', folder, '--noEmit', '--pretty', 'false'],
      { cwd: root },
    );
    if (exitCode !== 0) problems.push({ where: folder, what: `does not compile\n${output.trimEnd()}` });
  }
  return problems;
}

if (isProgram(import.meta)) {
  const problems = await findTypeProblems(ROOT, join(ROOT, 'node_modules/typescript/bin/tsc'));
  reportProblems(problems, 'every project compiles');
}
