import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findTypeProblems } from './check-types.ts';
import { ROOT } from './workspace/root.ts';
import { temporaryRepository } from './workspace/temporary-repository.ts';

const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
const workspace = {
  'pnpm-workspace.yaml': 'packages:\n  - packages/*\n',
  'packages/a/package.json': '{"name":"a"}',
  'packages/a/tsconfig.json': '{"compilerOptions":{"strict":true}}',
};

describe('findTypeProblems', () => {
  it('finds a project that does not compile, and quotes the compiler', async () => {
    const root = temporaryRepository({
      ...workspace,
      'packages/a/a.ts': "export const n: number = 'text';\n",
    });
    const [problem] = await findTypeProblems(root, compiler);
    expect(problem?.where).toBe('packages/a');
    expect(problem?.what).toContain('TS2322');
  });

  it('finds a project that nobody would compile', async () => {
    const root = temporaryRepository({
      ...workspace,
      'packages/b/package.json': '{"name":"b"}',
      'packages/b/b.ts': '',
    });
    expect(await findTypeProblems(root, compiler)).toMatchObject([{ where: 'packages/b' }]);
  });

  it('is content with what compiles, and with a project without TypeScript', async () => {
    expect(await findTypeProblems(temporaryRepository(workspace), compiler)).toEqual([]);
  });
});
