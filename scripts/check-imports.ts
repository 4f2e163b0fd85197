// Imports follow import-rules.ts, from which the diagrams of docs/architecture.md are generated.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { IMPORT_RULES } from './import-rules.ts';
import { type Problem, reportProblems } from './workspace/report-problems.ts';
import { isProgram, ROOT } from './workspace/root.ts';

/** All imports that break a rule of `import-rules.ts`. */
export async function findForbiddenImports(root: string): Promise<{ problems: Problem[]; files: number }> {
  const folders = ['packages', 'apps', 'bench', 'scripts'].filter((folder) => existsSync(join(root, folder)));
  const { output } = await cruise(
    folders,
    {
      baseDir: root,
      validate: true,
      ruleSet: { forbidden: [...IMPORT_RULES] },
      doNotFollow: { path: 'node_modules' },
      // Build output.
      exclude: { path: '(?:^|/)(?:dist|\\.artifacts|coverage)/' },
      tsPreCompilationDeps: true, // includes `import type`
    },
    {
      exportsFields: ['exports'],
      conditionNames: ['source', 'types', 'node', 'import', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts'],
    },
  );
  if (typeof output === 'string')
    throw new Error('dependency-cruiser: the result must be an object, got text');
  return { problems: problemsIn(output), files: output.modules.length };
}

function problemsIn({ summary }: ICruiseResult): Problem[] {
  return summary.violations.map(({ rule, from, to, cycle }) => {
    const reason = IMPORT_RULES.find(({ name }) => name === rule.name)?.comment ?? '';
    const way = cycle === undefined ? to : cycle.map(({ name }) => name).join(' → ');
    return { where: from, what: `imports ${way} (${rule.name}: ${reason})` };
  });
}

if (isProgram(import.meta)) {
  const { problems, files } = await findForbiddenImports(ROOT);
  reportProblems(problems, `${files} files follow the import rules`);
}
