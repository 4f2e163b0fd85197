import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childEnvironment } from './child-environment.mjs';
import { Failure } from './failure.mjs';
import { isMusl, nodePackage } from './node-package.mjs';
import { runProgram } from './run-program.mjs';
import { requiredVersions, satisfies } from './versions.mjs';

/**
 * The environment whose PATH has Node and pnpm of the required versions, and the folder in front of it.
 *
 * @typedef {{ env: NodeJS.ProcessEnv, bin: string }} Toolchain
 */

/**
 * Installs Node and pnpm from npm into `.toolchain`, unless the machine or an earlier run has them.
 *
 * @param {{ root: string, env: NodeJS.ProcessEnv, report: (line: string) => void }} options
 * @returns {Promise<Toolchain>}
 */
export async function prepareToolchain({ root, env: parentEnv, report }) {
  const required = requiredVersions(root);
  const folder = join(root, '.toolchain');
  const bin = join(folder, 'bin');
  const env = childEnvironment(parentEnv, { path: [bin], spareHome: join(folder, 'home') });
  const missing = await findMissing(required, env);
  if (missing.length > 0) {
    report(`installing ${missing.join(' and ')} from npm`);
    await install(missing, folder, env);
    const [still] = await findMissing(required, env);
    if (still !== undefined) {
      throw new Failure(`${still} from npm does not run on this machine`, {
        where: bin,
        remedy: 'install Node and pnpm yourself; CONTRIBUTING.md names the versions',
      });
    }
  }
  return { env, bin };
}

/**
 * @param {{ node: string, pnpm: string }} required
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string[]>} The packages to install.
 */
async function findMissing(required, env) {
  const missing = [];
  if (!satisfies(await versionOf('node', env), required.node, 'major')) {
    const { platform, arch } = process;
    const { name, version } = nodePackage({ platform, arch, musl: isMusl() }, required.node);
    missing.push(`${name}@${version}`);
  }
  if (!satisfies(await versionOf('pnpm', env), required.pnpm, 'minor')) missing.push(`pnpm@${required.pnpm}`);
  return missing;
}

/**
 * @param {string} program
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string | undefined>}
 */
async function versionOf(program, env) {
  // Inside the repository, pnpm and Corepack would first download the version of package.json.
  const offline = { ...env, COREPACK_ENABLE_NETWORK: '0', COREPACK_ENABLE_DOWNLOAD_PROMPT: '0' };
  try {
    const { exitCode, output } = await runProgram([program, '--version'], { cwd: tmpdir(), env: offline });
    return exitCode === 0 ? output.trim() : undefined;
  } catch (error) {
    if (error instanceof Failure) throw error;
    return undefined; // not on the PATH
  }
}

/**
 * @param {readonly string[]} packages
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} env
 */
async function install(packages, folder, env) {
  const bin = join(folder, 'bin');
  rmSync(bin, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // npm installs into the nearest package, which must not be the workspace.
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const flags = ['--no-package-lock', '--no-audit', '--no-fund', '--include=optional', '--loglevel=error'];
  const command = ['npm', 'install', ...flags, ...packages];
  const result = await runProgram(command, { cwd: folder, env }).catch((error) => {
    if (error instanceof Failure) throw error;
    throw new Failure(`npm cannot be started (${error instanceof Error ? error.message : error})`, {
      remedy: 'install npm, which comes with Node, and put it on the PATH',
    });
  });
  if (result.exitCode !== 0) {
    throw new Failure(`npm cannot install ${packages.join(' and ')} (exit code ${result.exitCode})`, {
      output: result.output,
      remedy:
        'check that the machine reaches the npm registry (`npm ping`) and its proxy settings, then try again',
    });
  }
  // Windows needs an absolute target; elsewhere the checkout may move.
  symlinkSync(
    process.platform === 'win32' ? join(folder, 'node_modules/.bin') : 'node_modules/.bin',
    bin,
    'junction',
  );
}
