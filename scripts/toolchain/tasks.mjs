import { join } from 'node:path';

/**
 * @typedef {{ title: string, program: string[], remedy: string }} Step A program that runs before the command.
 * @typedef {{ program: string[], folder?: string }} Command A program that uses the terminal.
 * @typedef {{ prepare: Step[], run: (args: string[]) => Command }} Task
 */

const TURBO = join('node_modules', 'turbo', 'bin', 'turbo');

/**
 * The tasks of `node scripts/bootstrap.mjs <task>`.
 *
 * @type {Record<string, Task>}
 */
export const TASKS = {
  demo: demo('@describe-image/terminal', 'apps/terminal'),
  'demo:n8n': demo('@describe-image/n8n', 'apps/n8n', [
    {
      title: 'installing n8n (2 GB and some minutes the first time)',
      program: ['node', 'apps/n8n/src/install-n8n.ts'],
      remedy:
        'its database is compiled here: install g++, make and python3 (`apt-get install g++ make python3`); after a network error, try again',
    },
  ]),
  'demo:backstage': demo('@describe-image/backstage', 'apps/backstage'),
  test: {
    prepare: [install()],
    run: (args) => ({
      program: ['node', TURBO, 'run', 'test', '--concurrency=100%', '--output-logs=new-only', ...args],
    }),
  },
  build: {
    prepare: [install()],
    run: (args) => ({ program: ['node', TURBO, 'run', 'build', ...args] }),
  },
  check: {
    prepare: [install()],
    run: (args) => ({ program: ['node', 'scripts/check.ts', ...args] }),
  },
  // Prints the folder to put first in PATH.
  toolchain: {
    prepare: [],
    run: () => ({ program: ['node', '-p', 'process.env.PATH.split(path.delimiter)[0]'] }),
  },
};

/**
 * A program of `apps/`, for which only its dependencies are installed and built.
 *
 * @param {string} project
 * @param {string} folder
 * @param {Step[]} [more]
 * @returns {Task}
 */
function demo(project, folder, more = []) {
  const build = {
    title: 'building',
    program: ['node', TURBO, 'run', 'build', '--output-logs=errors-only', '--filter', `${project}^...`],
    remedy: 'the lines above name the package; `pnpm build` shows its output',
  };
  return {
    prepare: [install('--filter', `${project}...`), build, ...more],
    run: (args) => ({ program: ['node', 'src/demo.ts', ...args], folder }),
  };
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
