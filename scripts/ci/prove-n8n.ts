import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../workspace/root.ts';
import { mustRun } from '../workspace/run-command.ts';
import { bringPrograms } from './bring-programs.ts';
import { runVitest } from './run-vitest.ts';
import type { Counts } from './step.ts';

const APP = join(ROOT, 'apps/n8n');

/** Installs n8n and the programs that compile its database driver, unless they are installed. */
export async function bringN8n(): Promise<void> {
  await bringPrograms([
    ['g++', 'g++'],
    ['make', 'make'],
    ['python3', 'python3'],
  ]);
  await mustRun([process.execPath, join(APP, 'src/install-n8n.ts')]);
}

/**
 * Runs the tests of `apps/n8n` that a config file names.
 *
 * @throws when there is no such file, because vitest would use another config.
 */
export async function proveN8n(
  name: string,
  config: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Counts> {
  if (!existsSync(join(APP, config))) throw new Error(`apps/n8n has no ${config}`);
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  return runVitest(name, [process.execPath, vitest, 'run', '--config', config], { cwd: APP, env });
}
