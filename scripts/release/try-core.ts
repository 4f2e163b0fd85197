import { join } from 'node:path';
import type { EmptyProject } from './empty-project.ts';
import { asCommonJs, codeBlocks } from './readme-blocks.ts';
import type { Rehearsal } from './rehearsal.ts';
import { withInstalledEmulator } from './with-installed-emulator.ts';

const DIGEST = /\bsha256:[0-9a-f]{64}\b/;
const NODE_VERSIONS = ['20.20.2', '22.23.3', '24.21.0'];
const OLDEST_TYPESCRIPT = '5.6.3';
const RUNTIMES = [
  { name: 'bun', version: '1.4.5', program: '@oven/bun-linux-x64/bin/bun', args: ['run'] },
  {
    name: 'deno',
    version: '2.9.6',
    program: '@deno/linux-x64-glibc/deno',
    args: [
      'run',
      '--no-remote',
      '--node-modules-dir=manual',
      '--allow-net=127.0.0.1',
      '--allow-env',
      '--allow-read=.',
    ],
  },
];

/** `instanceof` works across entry points only if they load the same file. */
const SAME_CLASSES = `import { NotFoundError } from '@describe-image/core';
import { NotFoundError as same } from '@describe-image/core/protocol';

if (NotFoundError !== same) throw new Error('two classes named NotFoundError');
`;

/** Installs core, emulator and CLI as a user does, and runs the first example of core's README in every promised environment. */
export async function tryCore(rehearsal: Rehearsal): Promise<void> {
  const [example] = codeBlocks(join(rehearsal.clone, 'packages/describe-image/README.md'), 'ts');
  for (const version of NODE_VERSIONS) await tryNode(rehearsal, version, example);
  await tryCompilers(rehearsal, example);
  await tryBundles(rehearsal, example);
  await tryRuntimes(rehearsal, example);
}

async function tryNode(
  { tally, project, clone }: Rehearsal,
  version: string,
  example: string,
): Promise<void> {
  const user = await project(`node-${version}`, version);
  await tally.try(`Node ${version}: core, emulator and CLI install with engine-strict`, () =>
    user.install('@describe-image/core', '@describe-image/emulator', '@describe-image/cli'),
  );
  await tally.try(`Node ${version}: the n8n package installs with engine-strict`, async () => {
    const nodes = await project(`n8n-${version}`, version);
    // Its peer is n8n itself, which n8n provides.
    await nodes.install('@describe-image/n8n-nodes-describe-image', '--legacy-peer-deps');
  });
  user.write('example.mjs', example);
  user.write('example.cjs', asCommonJs(example));
  user.write('classes.mjs', SAME_CLASSES);
  user.write('classes.cjs', asCommonJs(SAME_CLASSES));
  for (const program of ['classes.mjs', 'classes.cjs'])
    await tally.try(
      `Node ${version}: the entry points of core share their error classes in ${program}`,
      async () => {
        await user.run(['node', program]);
      },
    );
  user.write('emulator.mjs', codeBlocks(join(clone, 'packages/emulator/README.md'), 'ts')[0]);
  await tally.try(
    `Node ${version}: the first example of the emulator's README prints its address`,
    async () => {
      const { stdout } = await user.run(['node', 'emulator.mjs']);
      if (!stdout.startsWith('http://127.0.0.1:')) throw new Error(`expected an address, got ${stdout}`);
    },
  );
  await withInstalledEmulator(user, async (env) => {
    for (const program of ['example.mjs', 'example.cjs'])
      await tally.try(`Node ${version}: the README's first example prints a digest as ${program}`, () =>
        expectDigest(user, ['node', program], env),
      );
    await tally.try(`Node ${version}: npx describe-image prints a digest`, () =>
      expectDigest(
        user,
        [
          'npx',
          '--yes',
          '@describe-image/cli',
          'digest',
          'acme-registry.cn-hangzhou.cr.aliyuncs.com/shop/checkout:1.4.2',
        ],
        env,
      ),
    );
  });
}

async function tryCompilers({ tally, project }: Rehearsal, example: string): Promise<void> {
  for (const typescript of [OLDEST_TYPESCRIPT, 'latest'])
    for (const resolution of ['nodenext', 'bundler'])
      await tally.try(
        `TypeScript ${typescript} compiles the example with moduleResolution ${resolution}`,
        async () => {
          const user = await project(`typescript-${resolution}`, '24.21.0');
          await user.install('@describe-image/core', `typescript@${typescript}`, '@types/node@20');
          user.write('package.json', '{ "private": true, "type": "module" }\n');
          user.write('example.ts', example);
          user.write('tsconfig.json', tsconfig(resolution));
          await user.run(['node', 'node_modules/typescript/bin/tsc', '-p', '.']);
        },
      );
}

/** Strict, without `skipLibCheck`: the declarations of core must compile by themselves. */
function tsconfig(resolution: string): string {
  const module = resolution === 'nodenext' ? 'nodenext' : 'esnext';
  const lib = ['es2022', 'dom', 'esnext.disposable'];
  const compilerOptions = {
    module,
    moduleResolution: resolution,
    target: 'es2022',
    lib,
    types: ['node'],
    strict: true,
    noEmit: true,
  };
  return JSON.stringify({ compilerOptions, files: ['example.ts'] });
}

async function tryBundles({ tally, project }: Rehearsal, example: string): Promise<void> {
  const user = await project('bundles', '24.21.0');
  await user.install('@describe-image/core', '@describe-image/emulator', 'esbuild@0.28');
  user.write('example.mjs', example);
  const bundle = (outfile: string, ...flags: readonly string[]) =>
    user.run(['npx', 'esbuild', 'example.mjs', '--bundle', '--format=esm', `--outfile=${outfile}`, ...flags]);
  await withInstalledEmulator(user, async (env) => {
    await tally.try('a worker bundle contains nothing of Node and prints a digest', async () => {
      await bundle(
        'worker.mjs',
        '--platform=neutral',
        '--main-fields=module,main',
        '--conditions=workerd,worker',
      );
      await expectDigest(user, ['node', 'worker.mjs'], env);
    });
    await tally.try('a browser bundle contains nothing of Node and prints a digest', async () => {
      await bundle('browser.mjs', '--platform=browser');
      await expectDigest(user, ['node', 'browser.mjs'], env);
    });
  });
}

async function tryRuntimes({ tally, project }: Rehearsal, example: string): Promise<void> {
  for (const { name, version, program, args } of RUNTIMES)
    await tally.try(`${name} ${version} prints a digest`, async () => {
      const user = await project(name, '24.21.0');
      const runtime = program.slice(0, program.indexOf('/', 1 + program.indexOf('/')));
      await user.install('@describe-image/core', '@describe-image/emulator', `${runtime}@${version}`);
      user.write('example.mjs', example);
      await withInstalledEmulator(user, (env) =>
        expectDigest(user, [join(user.folder, 'node_modules', program), ...args, 'example.mjs'], env),
      );
    });
}

async function expectDigest(
  user: EmptyProject,
  command: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const { stdout } = await user.run(command, env);
  if (!DIGEST.test(stdout)) throw new Error(`expected a digest, got ${JSON.stringify(stdout)}`);
}
