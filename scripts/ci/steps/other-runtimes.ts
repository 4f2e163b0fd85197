import { join } from 'node:path';
import { childEnvironment, spareHomeIn } from '../../toolchain/child-environment.mjs';
import { installTool } from '../../toolchain/install-tool.mjs';
import { machineName } from '../../toolchain/node-tool.mjs';
import { makeConsumer } from '../consumer.ts';
import { withEmulator } from '../emulated-world.ts';
import { mustRun, ROOT } from '../run-command.ts';
import type { Step } from '../step.ts';
import { Tally } from '../tally.ts';

/** Runtimes that take the build over fetch and WebCrypto, and how each starts a program. */
const RUNTIMES = [
  { name: 'bun', version: '1.4.5', program: '@oven/bun-linux-x64/bin/bun', args: ['run'] },
  {
    name: 'deno',
    version: '2.9.6',
    program: '@deno/linux-x64-glibc/deno',
    // It may reach the emulator and read its environment, and nothing else.
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

export const otherRuntimes: Step = {
  name: 'other-runtimes',
  title: 'core works on Bun and Deno as well',
  async run() {
    const tally = new Tally();
    const consumer = await makeConsumer(['@describe-image/core']);
    for (const { name, version, program, args } of RUNTIMES) {
      await tally.try(`${name} ${version} gets a digest from the emulator`, async () => {
        const runtime = await bring(name, version, program);
        const { stdout } = await withEmulator((env) =>
          mustRun([runtime, ...args, 'ask.mjs'], { cwd: consumer, env, quiet: true }),
        );
        if (!/^sha256:[0-9a-f]{64}\n$/.test(stdout))
          throw new Error(`not a digest alone: ${JSON.stringify(stdout)}`);
      });
    }
    return tally.counts;
  },
};

function bring(name: string, version: string, program: string): Promise<string> {
  const toolchain = join(ROOT, '.toolchain');
  const env = childEnvironment(process.env, { path: [], spareHome: spareHomeIn(toolchain) });
  const tool = {
    label: name,
    name,
    version,
    folder: `${name}-${version}-${machineName()}`,
    program: `node_modules/${program}`,
  };
  return installTool(tool, {
    toolchain,
    env,
    parentEnv: process.env,
    onInstall: () => console.log(`${name} ${version} from npm`),
  });
}
