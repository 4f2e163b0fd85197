import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findBrokenExamples } from './check-examples.ts';
import { ROOT } from './workspace/root.ts';
import { temporaryRepository } from './workspace/temporary-repository.ts';

const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
const block = (text: string) => `Some words.\n\n\`\`\`ts\n${text}\n\`\`\`\n`;
const workspace = {
  'pnpm-workspace.yaml': 'packages:\n  - packages/*\n',
  'tsconfig.base.json':
    '{"compilerOptions":{"module":"preserve","strict":true,"noEmit":true,"allowImportingTsExtensions":true}}',
  'packages/core/package.json': '{"name":"@x/core","exports":{".":{"source":"./src/index.ts"}}}',
  'packages/core/src/index.ts': 'export const answer: number = 42;\n',
};

describe('findBrokenExamples', () => {
  it('reports the line of a block that does not compile', async () => {
    const root = temporaryRepository({
      ...workspace,
      'docs/a.md': block("import { answer } from '@x/core';\nconst text: string = answer;"),
    });
    expect(await findBrokenExamples(root, compiler)).toMatchObject([{ where: 'docs/a.md:5' }]);
  });

  it('reports an import that the package does not export', async () => {
    const root = temporaryRepository({
      ...workspace,
      'README.md': block("import { question } from '@x/core';"),
    });
    expect(await findBrokenExamples(root, compiler)).toMatchObject([{ where: 'README.md:4' }]);
  });

  it('reports an example of a doc comment that does not compile', async () => {
    const comment =
      '/**\n * Doubles.\n *\n * @example\n * ```ts\n * double(1);\n * ```\n */\nexport function f(): void {}\n';
    const root = temporaryRepository({ ...workspace, 'packages/core/src/double.ts': comment });
    expect(await findBrokenExamples(root, compiler)).toMatchObject([
      { where: 'packages/core/src/double.ts:6' },
    ]);
  });

  it('accepts blocks that each compile, and blocks in other languages', async () => {
    const same = block("import { answer } from '@x/core';\nconst n: number = answer;");
    const root = temporaryRepository({
      ...workspace,
      'README.md': `${same}\n${same}\n\`\`\`sh\nnpm test\n\`\`\`\n`,
    });
    expect(await findBrokenExamples(root, compiler)).toEqual([]);
  });
});
