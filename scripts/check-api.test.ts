import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findApiProblems } from './check-api.ts';
import { listProjects } from './workspace/list-projects.ts';
import { temporaryRepository } from './workspace/temporary-repository.ts';

function repository(declarations: string): string {
  const exports = { '.': { source: './src/a.ts', default: './dist/a.js' } };
  return temporaryRepository({
    'pnpm-workspace.yaml': 'packages:\n  - packages/*\n',
    'packages/a/package.json': JSON.stringify({ name: 'a', version: '1.0.0', exports }),
    'packages/a/dist/a.d.ts': declarations,
    'packages/a/tsconfig.json': '{}',
  });
}

function problems(root: string, options?: { write: boolean }): string[] {
  return listProjects(root)
    .flatMap((project) => findApiProblems(root, project, options))
    .map(({ where, what }) => `${where}: ${what}`);
}

const tagged = '/** One. @public */\nexport declare const one: number;\n';

describe('findApiProblems', () => {
  it('reports a missing report, writes it and then accepts it', () => {
    const root = repository(tagged);
    expect(problems(root)).toEqual([expect.stringMatching(/^packages\/a\/api\/index\.api\.md: differs/)]);
    expect(problems(root, { write: true })).toEqual([]);
    expect(existsSync(join(root, 'packages/a/api/index.api.md'))).toBe(true);
    expect(problems(root)).toEqual([]);
  });

  it('reports a name without a release tag', () => {
    expect(problems(repository('export declare const one: number;\n'), { write: true })).toEqual([
      expect.stringContaining('"one" is part of the package\'s API, but it is missing a release tag'),
    ]);
  });

  it('reports an entry point that is not built', () => {
    const root = repository(tagged);
    const [project] = listProjects(root);
    const manifest = { exports: { './b': './dist/b.js' } };
    expect(project && findApiProblems(root, { ...project, manifest })).toMatchObject([
      { what: 'is missing; run `pnpm build`' },
    ]);
  });
});
