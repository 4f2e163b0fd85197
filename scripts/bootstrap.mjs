// Starts the workspace where only Node 20 or newer and npm exist. Plain JavaScript without dependencies,
// because it runs before the installation.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isWritable } from './toolchain/environment.mjs';
import { installToolchain } from './toolchain/install.mjs';
import { describeFailure, Failure, runProgram } from './toolchain/run-program.mjs';
import { withLock } from './toolchain/with-lock.mjs';

/**
 * @typedef {{ title: string, program: string[], remedy: string }} Step A program that runs before the task.
 * @typedef {{ prepare: Step[], program: string[], folder?: string }} Task A program that uses the terminal.
 */

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
// stdout belongs to the tasks.
const report = (/** @type {string} */ line) => process.stderr.write(`› ${line}\n`);

const TURBO = ['node', join('node_modules', 'turbo', 'bin', 'turbo'), 'run'];

/** @type {Record<string, Task>} */
const TASKS = {
  demo: demo('@describe-image/terminal', 'apps/terminal'),
  'demo:n8n': demo('@describe-image/n8n', 'apps/n8n', {
    title: 'installing n8n (2 GB and some minutes the first time)',
    program: ['node', 'apps/n8n/src/install-n8n.ts'],
    remedy:
      'install g++, make and python3, which compile its database driver (`apt-get install g++ make python3`); after a network error, try again',
  }),
  'demo:backstage': demo('@describe-image/backstage', 'apps/backstage'),
  test: {
    prepare: [install()],
    program: [...TURBO, 'test', '--concurrency=100%', '--output-logs=new-only'],
  },
  build: { prepare: [install()], program: [...TURBO, 'build'] },
  check: { prepare: [install()], program: ['node', 'scripts/check.ts'] },
  // Prints the folder to put first in PATH.
  toolchain: { prepare: [], program: ['node', '-p', 'process.env.PATH.split(path.delimiter)[0]'] },
};

/**
 * A program of `apps/`, for which only its dependencies are installed and built.
 *
 * @param {string} project
 * @param {string} folder
 * @param {Step[]} more
 * @returns {Task}
 */
function demo(project, folder, ...more) {
  const build = {
    title: 'building',
    program: [...TURBO, 'build', '--output-logs=errors-only', '--filter', `${project}^...`],
    remedy: 'the lines above name the package; `pnpm build` shows its output',
  };
  const prepare = [install('--filter', `${project}...`), build, ...more];
  return { prepare, program: ['node', 'src/demo.ts'], folder };
}

/**
 * @param {string[]} options
 * @returns {Step}
 */
function install(...options) {
  return {
    title: 'installing packages',
    program: ['pnpm', 'install', '--frozen-lockfile', '--reporter=append-only', ...options],
    remedy:
      'after a network error, try again; if pnpm-lock.yaml does not match a changed package.json, run `pnpm install`',
  };
}

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
  const env = await withLock(join(folder, 'lock'), { onWait }, async () => {
    const toolchain = await installToolchain({ root, env: process.env, report });
    for (const step of task.prepare) await prepare(step, toolchain);
    return toolchain;
  });
  const cwd = join(root, task.folder ?? '.');
  return (await runProgram([...task.program, ...args], { cwd, env, show: true })).exitCode;
}

/**
 * @param {Step} step
 * @param {NodeJS.ProcessEnv} env
 */
async function prepare({ title, program, remedy }, env) {
  const started = performance.now();
  report(`${title} …`);
  // Without CI, pnpm asks before it replaces an older installation.
  const { exitCode, output } = await runProgram(program, { cwd: root, env: { ...env, CI: '1' } });
  if (exitCode !== 0) {
    const where = program.join(' ');
    throw new Failure(`${title} failed (exit code ${exitCode})`, { where, output, remedy });
  }
  const seconds = (performance.now() - started) / 1000;
  if (seconds >= 1) report(`${title}: done in ${seconds.toFixed(0)} s`);
}
