import { join } from 'node:path';

/**
 * @typedef {import('./prepare-toolchain.mjs').Toolchain} Toolchain
 * @typedef {{ title: string, program: string[], remedy: string }} Step One thing to do quietly beforehand.
 * @typedef {{ program: string[], folder?: string }} Command What then has the terminal.
 * @typedef {{
 *   prepare: (toolchain: Toolchain) => Step[],
 *   run: (toolchain: Toolchain, args: string[]) => Command | undefined,
 * }} Task
 */

const TURBO = join('node_modules', 'turbo', 'bin', 'turbo');

/**
 * Everything that `node scripts/bootstrap.mjs <task>` can do. A further demo is one more line here and
 * one more script in package.json.
 *
 * @type {Record<string, Task>}
 */
export const TASKS = {
  demo: demo({ project: '@describe-image/terminal', folder: 'apps/terminal', program: 'src/demo.ts' }),
  'demo:n8n': withN8n(demo({ project: '@describe-image/n8n', folder: 'apps/n8n', program: 'src/demo.ts' })),
  'demo:backstage': demo({
    project: '@describe-image/backstage',
    folder: 'apps/backstage',
    program: 'src/demo.ts',
  }),
  test: {
    prepare: (toolchain) => [install(toolchain)],
    run: ({ node }, args) => ({
      program: [node, TURBO, 'run', 'test', '--concurrency=100%', '--output-logs=new-only', ...args],
    }),
  },
  build: {
    prepare: (toolchain) => [install(toolchain)],
    run: ({ node }, args) => ({ program: [node, TURBO, 'run', 'build', ...args] }),
  },
  check: {
    prepare: (toolchain) => [install(toolchain)],
    run: ({ node }, args) => ({ program: [node, 'scripts/check.ts', ...args] }),
  },
  // Prints what to put in front of PATH, for a shell that wants to go on with the same Node and pnpm.
  toolchain: {
    prepare: () => [],
    run: ({ node, folders }) => ({ program: [node, '-p', JSON.stringify(folders.join(':'))] }),
  },
};

/**
 * A program of `apps/`, with only what it needs installed and built.
 *
 * @param {{ project: string, folder: string, program: string }} app
 * @returns {Task}
 */
function demo({ project, folder, program }) {
  return {
    prepare: (toolchain) => [install(toolchain, `${project}...`), build(toolchain, `${project}^...`)],
    run: ({ node }, args) => ({ program: [node, program, ...args], folder }),
  };
}

/**
 * A demo inside the real n8n, which is installed apart from the workspace.
 *
 * @param {Task} task
 * @returns {Task}
 */
function withN8n({ prepare, run }) {
  return {
    prepare: (toolchain) => [
      ...prepare(toolchain),
      {
        title: 'installing n8n (the first time: 2 GB, some minutes)',
        program: [toolchain.node, 'apps/n8n/src/install-n8n.ts'],
        remedy:
          'its database is compiled here: install g++, make and python3 (`apt-get install g++ make python3`); if it is the network, try again',
      },
    ],
    run,
  };
}

/**
 * @param {Toolchain} toolchain
 * @param {string} [projects]
 * @returns {Step}
 */
function install({ pnpm }, projects) {
  const filter = projects === undefined ? [] : ['--filter', projects];
  return {
    title: 'installing packages',
    program: [pnpm, 'install', '--frozen-lockfile', '--reporter=append-only', ...filter],
    remedy:
      'if it is the network, try again; if pnpm-lock.yaml does not fit a package.json that you changed, run `pnpm install`',
  };
}

/**
 * @param {Toolchain} toolchain
 * @param {string} projects
 * @returns {Step}
 */
function build({ node }, projects) {
  return {
    title: 'building',
    program: [node, TURBO, 'run', 'build', '--output-logs=errors-only', '--filter', projects],
    remedy: 'the lines above name the package; `pnpm build` shows the rest of what it said',
  };
}
