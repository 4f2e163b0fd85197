// Starts the workspace where only Node 20 or newer and npm exist. Plain JavaScript without dependencies,
// because it runs before the installation.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isWritable } from './toolchain/child-environment.mjs';
import { describeFailure, Failure } from './toolchain/failure.mjs';
import { prepareToolchain } from './toolchain/prepare-toolchain.mjs';
import { runProgram } from './toolchain/run-program.mjs';
import { TASKS } from './toolchain/tasks.mjs';
import { withLock } from './toolchain/with-lock.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
// stdout belongs to the tasks.
const report = (/** @type {string} */ line) => process.stderr.write(`› ${line}\n`);

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
  const folder = join(root, '.toolchain');
  if (!isWritable(folder)) {
    throw new Failure('this checkout cannot be written to', {
      where: root,
      remedy: 'clone the repository to a folder of yours and run the command there',
    });
  }
  const onWait = () => report('another run is installing in this checkout; waiting for it');
  const { env } = await withLock(join(folder, 'lock'), { onWait }, async () => {
    const toolchain = await prepareToolchain({ root, env: process.env, report });
    for (const step of task.prepare) await prepare(step, toolchain.env);
    return toolchain;
  });
  const { program, folder: cwd = '.' } = task.run(args);
  return (await runProgram(program, { cwd: join(root, cwd), env, show: true })).exitCode;
}

/**
 * @param {import('./toolchain/tasks.mjs').Step} step
 * @param {NodeJS.ProcessEnv} env
 */
async function prepare({ title, program, remedy }, env) {
  const started = performance.now();
  report(`${title} …`);
  // Without CI, pnpm asks before it replaces an older installation.
  const { exitCode, output } = await runProgram(program, { cwd: root, env: { ...env, CI: '1' } });
  if (exitCode !== 0) {
    throw new Failure(`${title} failed (exit code ${exitCode})`, {
      where: program.join(' '),
      output,
      remedy,
    });
  }
  const seconds = (performance.now() - started) / 1000;
  if (seconds >= 1) report(`${title}: done in ${seconds.toFixed(0)} s`);
}
