// Every TypeScript block that a user may copy compiles by itself, from README, docs/ and doc comments.
import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Example, findExamples } from './workspace/find-examples.ts';
import { isRecord, listProjects, type Project } from './workspace/list-projects.ts';
import { type Problem, reportProblems } from './workspace/report-problems.ts';
import { isProgram, ROOT } from './workspace/root.ts';

const FOLDER = '.artifacts/examples';

/**
 * Compiles each example as a separate module, with the settings of the workspace.
 *
 * @param compiler - The program `tsc`, to be run with Node.
 */
export async function findBrokenExamples(root: string, compiler: string): Promise<Problem[]> {
  const projects = listProjects(root);
  const examples = new Map(
    findExamples(root).map((example, index) => [placeOf(example, index, projects), example]),
  );
  if (examples.size === 0) return [];

  for (const folder of ['', ...projects.map((project) => project.folder)]) {
    rmSync(join(root, folder, FOLDER), { recursive: true, force: true });
  }
  for (const [file, { text }] of examples) {
    mkdirSync(join(root, file, '..'), { recursive: true });
    writeFileSync(join(root, file), `${text}\nexport {};\n`); // a module even when it imports nothing
  }
  const config = join(root, FOLDER, 'tsconfig.json');
  mkdirSync(join(root, FOLDER), { recursive: true });
  writeFileSync(config, JSON.stringify(tsconfig(root, projects, [...examples.keys()])));
  return problemsIn(await compile(root, compiler, config), examples);
}

/** In the folder of its project, so that it can import the project's dependencies. */
function placeOf({ file }: Example, index: number, projects: readonly Project[]): string {
  const project = projects.find(({ folder }) => file.startsWith(`${folder}/`));
  const name = file.replace(/\W+/g, '-');
  return [project?.folder, FOLDER, `${name}-${index}.ts`].filter(Boolean).join('/');
}

function tsconfig(root: string, projects: readonly Project[], files: readonly string[]): object {
  const fromHere = (path: string) => relative(join(root, FOLDER), join(root, path));
  const entries = projects.flatMap((project) => sourceEntries(project));
  return {
    extends: fromHere('tsconfig.base.json'),
    compilerOptions: {
      isolatedDeclarations: false,
      declaration: false,
      noUnusedLocals: false,
      typeRoots: [fromHere('node_modules/@types')],
      paths: Object.fromEntries(entries.map(({ specifier, source }) => [specifier, [fromHere(source)]])),
    },
    files: files.map(fromHere),
  };
}

/** An entry point of a package and its source. */
interface SourceEntry {
  /** The module specifier: `@describe-image/core/protocol`. */
  readonly specifier: string;
  /** Relative to the repository. */
  readonly source: string;
}

/** The exports of a package that have the condition `source`. */
function sourceEntries({ name, folder, manifest }: Project): SourceEntry[] {
  const exports = manifest['exports'];
  if (!isRecord(exports)) return [];
  return Object.entries(exports).flatMap(([subpath, target]) =>
    isRecord(target) && typeof target['source'] === 'string'
      ? [{ specifier: name + subpath.slice(1), source: `${folder}/${target['source'].replace('./', '')}` }]
      : [],
  );
}

function compile(root: string, compiler: string, config: string): Promise<string> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [compiler, '-p', config, '--pretty', 'false'],
      { cwd: root },
      (_error, stdout, stderr) => resolve(stdout + stderr),
    );
  });
}

function problemsIn(output: string, examples: ReadonlyMap<string, Example>): Problem[] {
  return output
    .split('\n')
    .filter((line) => line.includes('error TS'))
    .map((text) => {
      const [, file = '', line = '0', what = ''] = /^(.*?)\((\d+),\d+\): error (.*)$/.exec(text) ?? [];
      const example = examples.get(file.replaceAll('\\', '/'));
      return example === undefined
        ? { where: file || 'tsc', what: what || text }
        : {
            where: `${example.file}:${example.line + Number(line)}`,
            what: `the example does not compile: ${what}`,
          };
    });
}

if (isProgram(import.meta)) {
  const problems = await findBrokenExamples(ROOT, join(ROOT, 'node_modules/typescript/bin/tsc'));
  reportProblems(problems, `${findExamples(ROOT).length} examples compile`);
}
