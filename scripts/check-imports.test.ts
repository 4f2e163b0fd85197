import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findForbiddenImports } from './check-imports.ts';
import { temporaryRepository } from './workspace/temporary-repository.ts';

const PACKAGES = [
  'describe-image',
  'emulator',
  'signing-vectors',
  'cli',
  'n8n-nodes-x',
  'backstage-plugin-x',
  'backstage-plugin-x-common',
  'backstage-plugin-x-backend',
];

/** A workspace that breaks no rule, with some files replaced or added. */
function workspace(files: Record<string, string>): string {
  const root = temporaryRepository({
    ...Object.fromEntries(
      PACKAGES.flatMap((name) => [
        [
          `packages/${name}/package.json`,
          JSON.stringify({ name: `@x/${name}`, exports: { '.': { source: './src/index.ts' } } }),
        ],
        [`packages/${name}/src/index.ts`, 'export const here = 1;\n'],
      ]),
    ),
    'packages/describe-image/src/protocol/sign.ts': "import 'node:crypto';\nexport const sign = 1;\n",
    'packages/describe-image/src/operations/index.ts': 'export const operations = 1;\n',
    'packages/describe-image/src/client/send.ts':
      "import 'node:https';\nimport '../protocol/sign.ts';\nexport const send = 1;\n",
    'packages/cli/src/main.ts': "import '@x/describe-image';\n",
    'packages/cli/src/main.test.ts': "import '@x/emulator';\n",
    'packages/describe-image/test/signing.test.ts': "import '@x/signing-vectors';\n",
    'packages/emulator/test/agreement.test.ts': "import '@x/describe-image';\n",
    'packages/backstage-plugin-x/src/card.ts': "import '@x/backstage-plugin-x-common';\n",
    'packages/backstage-plugin-x-backend/src/router.ts':
      "import '@x/describe-image';\nimport '@x/backstage-plugin-x-common';\n",
    'apps/demo/src/demo.ts': "import '@x/cli';\nimport '@x/emulator';\n",
    ...files,
  });
  mkdirSync(join(root, 'node_modules/@x'), { recursive: true });
  for (const name of PACKAGES) symlinkSync(`../../packages/${name}`, join(root, 'node_modules/@x', name));
  return root;
}

async function brokenRules(files: Record<string, string>): Promise<string[]> {
  const { problems } = await findForbiddenImports(workspace(files));
  return [...new Set(problems.map(({ what }) => /\(([a-z0-9-]+):/.exec(what)?.[1] ?? what))];
}

describe('findForbiddenImports', () => {
  it('accepts the imports of the architecture', async () => {
    expect(await brokenRules({})).toEqual([]);
  });

  it.each([
    ['layer-core', 'packages/describe-image/src/a.ts', '@x/emulator'],
    ['layer-core', 'packages/describe-image/test/agreement.test.ts', '@x/emulator'],
    ['layer-emulator', 'packages/emulator/src/a.ts', '@x/describe-image'],
    ['signing-vectors-for-tests-only', 'packages/describe-image/src/a.ts', '@x/signing-vectors'],
    ['signing-vectors-for-tests-only', 'packages/emulator/src/a.ts', '@x/signing-vectors'],
    ['layer-cli', 'packages/cli/src/a.ts', '@x/emulator'],
    ['layer-n8n', 'packages/n8n-nodes-x/nodes/a.ts', '@x/emulator'],
    ['nothing-imports-an-adapter', 'packages/emulator/test/a.test.ts', '@x/cli'],
    ['nothing-imports-an-adapter', 'packages/backstage-plugin-x/src/a.ts', '@x/backstage-plugin-x-backend'],
    ['layer-frontend', 'packages/backstage-plugin-x/src/a.ts', '@x/describe-image'],
    ['layer-frontend', 'packages/backstage-plugin-x/src/a/card.tsx', '@x/describe-image'],
    ['layer-frontend', 'packages/backstage-plugin-x/test/card.test.tsx', '@x/describe-image'],
    ['layer-frontend', 'packages/backstage-plugin-x/src/card.tsx', '@x/emulator'],
    ['nothing-imports-an-adapter', 'packages/backstage-plugin-x/src/a.tsx', '@x/backstage-plugin-x-backend'],
    ['layer-common', 'packages/backstage-plugin-x-common/src/a.ts', '@x/describe-image'],
    ['layer-common', 'packages/backstage-plugin-x-common/src/a.tsx', '@x/emulator'],
    ['imports-resolve', 'packages/backstage-plugin-x/src/a.tsx', './gone.tsx'],
    ['layer-protocol', 'packages/describe-image/src/protocol/a.ts', '../client/send.ts'],
    ['layer-images', 'packages/describe-image/src/images/a.ts', '../client/send.ts'],
    ['pure-half-imports-crypto-only', 'packages/describe-image/src/errors/a.ts', 'node:fs'],
    ['no-deep-imports', 'packages/cli/src/a.ts', '../../describe-image/src/protocol/sign.ts'],
    ['imports-resolve', 'packages/cli/src/a.ts', '@x/describe-image/src/protocol/sign.ts'],
    ['imports-resolve', 'packages/cli/src/a.ts', './gone.ts'],
    ['layer-errors', 'packages/describe-image/src/errors/a.ts', '../protocol/sign.ts'],
    ['layer-protocol', 'packages/describe-image/src/protocol/a.ts', '../operations/index.ts'],
    ['no-cycles', 'packages/cli/src/a.ts', './a.ts'],
  ])('reports %s when %s imports %s', async (rule, file, target) => {
    expect(await brokenRules({ [file]: `import '${target}';\n` })).toContain(rule);
  });

  it('reports a cycle of two files, also when one import is of a type', async () => {
    const file = 'packages/cli/src/a.ts';
    expect(
      await brokenRules({ [file]: "import './b.ts';\n", 'packages/cli/src/b.ts': "import './a.ts';\n" }),
    ).toEqual(['no-cycles']);
    const type = "import type { A } from './a.ts';\nexport type B = A;\n";
    expect(
      await brokenRules({ [file]: "import './b.ts';\nexport type A = 1;\n", 'packages/cli/src/b.ts': type }),
    ).toEqual(['no-cycles']);
  });

  it('reports imports of types and dynamic imports', async () => {
    const file = 'packages/emulator/src/a.ts';
    expect(
      await brokenRules({
        [file]: "import type { here } from '@x/describe-image';\nexport type T = typeof here;\n",
      }),
    ).toContain('layer-emulator');
    expect(
      await brokenRules({ [file]: "export const load = () => import('@x/describe-image');\n" }),
    ).toContain('layer-emulator');
  });
});
