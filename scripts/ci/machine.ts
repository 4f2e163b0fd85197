import { join } from 'node:path';
import { ROOT } from '../workspace/root.ts';
import { runCommand } from '../workspace/run-command.ts';

/** What the machine offered before Node 24 was put in front of it: a newcomer's environment. */
export const MACHINE_ENV: Readonly<Record<string, string | undefined>> = {
  PATH: process.env['CI_MACHINE_PATH'] ?? process.env['PATH'],
};

/** Where the steps leave their reports; ignored by git. */
export const ARTIFACTS: string = join(ROOT, '.artifacts', 'ci');

/** The version of the machine's own Node, e.g. `20.20.2`. */
export async function machineNodeVersion(): Promise<string> {
  const { stdout } = await runCommand(['node', '--version'], { env: MACHINE_ENV, quiet: true });
  return stdout.trim().replace(/^v/, '');
}
