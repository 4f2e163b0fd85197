import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bringNode } from '../bring-node.ts';
import { makeConsumer } from '../consumer.ts';
import { withEmulator } from '../emulated-world.ts';
import { mustRun, ROOT } from '../run-command.ts';
import type { Step } from '../step.ts';
import { Tally } from '../tally.ts';

const DIGEST = /^sha256:[0-9a-f]{64}\n$/;

/** The oldest TypeScript that the types are promised to, besides the one of the workspace. */
const OLDEST_TYPESCRIPT = '5.6.3';

export const packedPackages: Step = {
  name: 'packed-packages',
  title: 'What npm would publish installs and works in an empty folder',
  async run() {
    const tally = new Tally();
    const consumer = await makeConsumer(['@describe-image/core'], [`typescript@${OLDEST_TYPESCRIPT}`]);
    const nodes = [await bringNode('20.20.2'), process.execPath];
    await withEmulator(async (env) => {
      for (const node of nodes) {
        const version = (await mustRun([node, '--version'], { quiet: true })).stdout.trim();
        for (const [kind, program] of [
          ['an ES module', 'ask.mjs'],
          ['CommonJS', 'ask.cjs'],
        ] as const) {
          await tally.try(`Node ${version}: ${kind} gets a digest from the emulator`, async () => {
            const { stdout } = await mustRun([node, program], { cwd: consumer, env, quiet: true });
            if (!DIGEST.test(stdout)) throw new Error(`not a digest alone: ${JSON.stringify(stdout)}`);
          });
        }
      }
    });
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
    return tally.counts;
  },
};

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
