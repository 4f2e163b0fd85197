import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * How to start npm on this machine. Through Node where its script can be found: on Windows `npm` is a
 * batch file, which needs a shell.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {{ execPath?: string, exists?: (path: string) => boolean }} [machine]
 * @returns {{ command: string[], shell: boolean }}
 */
export function npmCommand(env, { execPath = process.execPath, exists = existsSync } = {}) {
  const folder = dirname(execPath);
  const candidates = [
    env['npm_execpath'],
    join(folder, '../lib/node_modules/npm/bin/npm-cli.js'),
    join(folder, 'node_modules/npm/bin/npm-cli.js'),
  ];
  // pnpm and yarn set npm_execpath as well, to themselves.
  const script = candidates.find(
    (path) => path !== undefined && basename(path) === 'npm-cli.js' && exists(path),
  );
  return script === undefined
    ? { command: ['npm'], shell: process.platform === 'win32' }
    : { command: [execPath, script], shell: false };
}
