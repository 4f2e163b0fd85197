import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../workspace/root.ts';
import { mustRun } from '../workspace/run-command.ts';
import { runVitest } from './run-vitest.ts';
import type { Counts } from './step.ts';

const APP = join(ROOT, 'apps/backstage');

/** Builds what the app depends on, its two front ends among it. */
export async function buildForBackstage(): Promise<void> {
  const turbo = 'node_modules/turbo/bin/turbo';
  await mustRun([process.execPath, turbo, 'run', 'build', '--filter', '@describe-image/backstage^...'], {
    quiet: true,
  });
}

/**
 * Runs the proofs of `apps/backstage` that a settings file names. They leave their pictures in `.artifacts/backstage`.
 *
 * @throws when there is no such file: a proof that is missing must not count as one that held.
 */
export async function proveBackstage(
  name: string,
  config: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Counts> {
  if (!existsSync(join(APP, config))) throw new Error(`apps/backstage has no ${config}: its proofs are gone`);
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  return runVitest(name, [process.execPath, vitest, 'run', '--config', config], {
    cwd: APP,
    env,
  });
}
