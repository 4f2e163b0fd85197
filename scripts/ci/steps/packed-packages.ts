import { writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { bringNode } from '../bring-node.ts';
import { makeConsumer } from '../consumer.ts';
import { type ImageIds, withEmulator } from '../emulated-world.ts';
import { mustRun, ROOT } from '../run-command.ts';
import type { Step } from '../step.ts';
import { Tally } from '../tally.ts';

const PACKAGES = ['@describe-image/core', '@describe-image/cli', '@describe-image/emulator'];

const DIGEST = /^sha256:[0-9a-f]{64}\n$/;

/** The oldest TypeScript that the types are promised to, besides the one of the workspace. */
const OLDEST_TYPESCRIPT = '5.6.3';

export const packedPackages: Step = {
  name: 'packed-packages',
  title: 'What npm would publish installs and works in an empty folder',
  async run() {
    const tally = new Tally();
    const consumer = await makeConsumer(PACKAGES, [`typescript@${OLDEST_TYPESCRIPT}`]);
    for (const node of [await bringNode('20.20.2'), process.execPath])
      await tryPrograms(tally, consumer, node);
    await tryTypes(tally, consumer);
    return tally.counts;
  },
};

async function tryPrograms(tally: Tally, consumer: string, node: string): Promise<void> {
  const version = (await mustRun([node, '--version'], { quiet: true })).stdout.trim();
  const cli = join(consumer, 'node_modules/.bin/describe-image');
  await withEmulator(async (env, ids) => {
    const path = [dirname(node), process.env['PATH']].join(delimiter); // for the `env node` of the commands
    const run = (...command: string[]) =>
      mustRun(command, { cwd: consumer, env: { ...env, PATH: path }, quiet: true });
    const trials: [promise: string, command: string[]][] = [
      ['an ES module gets a digest', [node, 'ask.mjs']],
      ['CommonJS gets a digest', [node, 'ask.cjs']],
      ['the emulator starts in a process of its user, and answers', [node, 'emulate.mjs']],
      [
        'describe-image prints a digest',
        [cli, 'digest', ...digestArguments(ids), '--endpoint', env['EMULATOR_URL'] ?? ''],
      ],
    ];
    for (const [promise, command] of trials) {
      await tally.try(`Node ${version}: ${promise}`, async () => {
        const { stdout } = await run(...command);
        if (!DIGEST.test(stdout)) throw new Error(`not a digest alone: ${JSON.stringify(stdout)}`);
      });
    }
    await tally.try(`Node ${version}: describe-image says how it is used`, async () => {
      const { stdout } = await run(cli, '--help');
      if (!stdout.includes('digest')) throw new Error(stdout);
    });
    await tally.try(`Node ${version}: describe-image-emulator says how it is used`, async () => {
      const { stdout } = await run(join(consumer, 'node_modules/.bin/describe-image-emulator'), '--help');
      if (!stdout.includes('--port')) throw new Error(stdout);
    });
  });
}

function digestArguments({ imageRegionId, imageInstanceId, imageRepoId, imageTag }: ImageIds): string[] {
  return ['--region', imageRegionId, '--instance', imageInstanceId, '--repo', imageRepoId, '--tag', imageTag];
}

async function tryTypes(tally: Tally, consumer: string): Promise<void> {
  const compilers = {
    [`TypeScript ${OLDEST_TYPESCRIPT}`]: join(consumer, 'node_modules/typescript/bin/tsc'),
    "the workspace's TypeScript": join(ROOT, 'node_modules/typescript/bin/tsc'),
  };
  for (const [name, compiler] of Object.entries(compilers)) {
    for (const resolution of ['nodenext', 'bundler']) {
      await tally.try(`${name} finds the types under ${resolution}`, async () => {
        writeFileSync(join(consumer, 'tsconfig.json'), tsconfig(resolution));
        await mustRun([process.execPath, compiler, '-p', '.'], { cwd: consumer, quiet: true });
      });
    }
  }
}

/** Strict, without `skipLibCheck` and without Node's types: ours have to stand by themselves. */
function tsconfig(resolution: string): string {
  const module = resolution === 'nodenext' ? 'nodenext' : 'esnext';
  const compilerOptions = {
    module,
    moduleResolution: resolution,
    target: 'es2022',
    lib: ['es2022', 'dom'],
    types: [],
    strict: true,
    noEmit: true,
  };
  return JSON.stringify({ compilerOptions, files: ['ask.ts'] });
}
