// Starts the workspace where only Node 20 (or newer) and npm exist. Plain JavaScript without
// dependencies, since it runs before anything is installed.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isWritable } from './toolchain/child-environment.mjs';
import { describeFailure, Failure } from './toolchain/failure.mjs';
import { prepareToolchain } from './toolchain/prepare-toolchain.mjs';
import { runProgram } from './toolchain/run-program.mjs';
import { TASKS } from './toolchain/tasks.mjs';
import { withLock } from './toolchain/with-lock.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
// On stderr, so that `toolchain` and the demo keep stdout to themselves.
const say = (/** @type {string} */ line) => process.stderr.write(`› ${line}\n`);

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(describeFailure(error));
  process.exitCode = 1;
}

/**
 * @param {string[]} argv
 * @returns {Promise<number>}
 */
async function main([name = '', ...args]) {
  const task = TASKS[name];
  if (task === undefined) {
    throw new Failure(`there is no task "${name}"`, {
      remedy: `name one of: ${Object.keys(TASKS).join(', ')}`,
    });
  }
  const toolchainFolder = join(root, '.toolchain');
  if (!isWritable(toolchainFolder)) {
    throw new Failure('this checkout cannot be written to', {
      where: root,
      remedy: 'clone the repository to a folder that belongs to you, and run the command there',
    });
  }
  const lock = join(toolchainFolder, 'lock');
  const onWait = () => say('another run is installing in this checkout; waiting for it');
  const context = await withLock(lock, { onWait }, async () => {
    const toolchain = await prepareToolchain({ root, env: process.env, say });
    for (const step of task.prepare(toolchain)) await prepare(step, toolchain);
    return toolchain;
  });
  const command = task.run(context, args);
  if (command === undefined) return 0;
  const { exitCode } = await runProgram(command.program, {
    cwd: join(root, command.folder ?? '.'),
    env: context.env,
    show: true,
  });
  return exitCode;
}

/**
 * @param {import('./toolchain/tasks.mjs').Step} step
 * @param {import('./toolchain/prepare-toolchain.mjs').Toolchain} toolchain
 */
async function prepare({ title, program, remedy }, { env }) {
  const started = performance.now();
  say(`${title} …`);
  // pnpm asks before it replaces an older installation; nobody sits in front of this question.
  const { exitCode, output } = await runProgram(program, { cwd: root, env: { ...env, CI: '1' } });
  if (exitCode !== 0) {
    throw new Failure(`${title} failed (exit code ${exitCode})`, {
      where: program.join(' '),
      output,
      remedy,
    });
  }
  const seconds = (performance.now() - started) / 1000;
  if (seconds >= 1) say(`${title}: done in ${seconds.toFixed(0)} s`);
}
