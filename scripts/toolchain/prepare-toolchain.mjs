import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { childEnvironment, spareHomeIn } from './child-environment.mjs';
import { installTool } from './install-tool.mjs';
import { machineName, nodeTool } from './node-tool.mjs';
import { ownPnpmVersion } from './own-pnpm.mjs';
import { requiredVersions, satisfies } from './versions.mjs';

/**
 * What everything else runs with: this machine's own Node and pnpm where they will do, otherwise the
 * ones that npm brings.
 *
 * @typedef {{ node: string, pnpm: string, env: NodeJS.ProcessEnv, folders: string[] }} Toolchain
 */

/**
 * Makes sure that Node and pnpm of the right version are there, and says what it brings.
 *
 * @param {{ root: string, env: NodeJS.ProcessEnv, say: (line: string) => void }} options
 * @returns {Promise<Toolchain>}
 */
export async function prepareToolchain({ root, env: parentEnv, say }) {
  const toolchain = join(root, '.toolchain');
  const required = requiredVersions(root);
  const outerEnv = childEnvironment(parentEnv, { path: [], spareHome: spareHomeIn(toolchain) });
  const options = { toolchain, env: outerEnv, parentEnv, say };

  const node = satisfies(process.versions.node, required.node, 'major')
    ? process.execPath
    : await bring(nodeTool(required.node), `this machine has ${process.versions.node}`, options);

  const own = await ownPnpmVersion(outerEnv);
  const pnpm = satisfies(own, required.pnpm, 'minor')
    ? 'pnpm'
    : await bring(
        pnpmTool(required.pnpm),
        own ? `this machine has ${own}` : 'this machine has none',
        options,
      );

  const folders = [node, pnpm]
    .filter((program) => program.includes(toolchain))
    .map((program) => dirname(program));
  linkForPeople(toolchain, [node, pnpm]);
  // pnpm's scripts start `node` by name, and must find the Node chosen here rather than the machine's.
  const path = [...new Set([dirname(node), ...folders])];
  return {
    node,
    pnpm,
    env: childEnvironment(parentEnv, { path, spareHome: spareHomeIn(toolchain) }),
    folders,
  };
}

/**
 * @param {import('./install-tool.mjs').Tool} tool
 * @param {string} reason
 * @param {{ toolchain: string, env: NodeJS.ProcessEnv, parentEnv: NodeJS.ProcessEnv, say: (line: string) => void }} options
 * @returns {Promise<string>}
 */
function bring(tool, reason, { say, ...options }) {
  return installTool(tool, {
    ...options,
    onInstall: () => say(`${tool.label} ${tool.version} from npm (${reason})`),
  });
}

/**
 * @param {string} version
 * @returns {import('./install-tool.mjs').Tool}
 */
function pnpmTool(version) {
  return {
    label: 'pnpm',
    name: 'pnpm',
    version,
    folder: `pnpm-${version}-${machineName()}`,
    program: join('node_modules', 'pnpm', process.platform === 'win32' ? 'pnpm.exe' : 'pnpm'),
    // Puts the program for this machine, which npm brought as an optional package, in its place.
    finish: join('node_modules', 'pnpm', 'install.js'),
  };
}

/**
 * `.toolchain/bin` is for a person's PATH; nothing here depends on it. Windows has no links without
 * special rights, so it goes without.
 *
 * @param {string} toolchain
 * @param {readonly string[]} programs
 */
function linkForPeople(toolchain, programs) {
  if (process.platform === 'win32') return;
  const bin = join(toolchain, 'bin');
  for (const program of programs.filter((path) => path.includes(toolchain))) {
    mkdirSync(bin, { recursive: true });
    const link = join(bin, program.endsWith('node') ? 'node' : 'pnpm');
    const draft = `${link}-${process.pid}`;
    rmSync(draft, { force: true });
    symlinkSync(relative(bin, program), draft);
    renameSync(draft, link);
  }
}
