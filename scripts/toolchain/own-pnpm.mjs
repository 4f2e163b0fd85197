import { tmpdir } from 'node:os';
import { runProgram } from './run-program.mjs';

/**
 * The version of the pnpm on this machine's PATH, or `undefined`. Asked outside the repository: inside
 * it, pnpm and Corepack would first go and fetch the version that package.json names.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string | undefined>}
 */
export async function ownPnpmVersion(env) {
  try {
    const { exitCode, output } = await runProgram(['pnpm', '--version'], {
      cwd: tmpdir(),
      env: { ...env, COREPACK_ENABLE_NETWORK: '0', COREPACK_ENABLE_DOWNLOAD_PROMPT: '0' },
    });
    return exitCode === 0 ? output.trim() : undefined;
  } catch {
    return undefined;
  }
}
