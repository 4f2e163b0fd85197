import { join } from 'node:path';
import { ROOT } from '../workspace/root.ts';
import { mustRun } from '../workspace/run-command.ts';
import { installPrograms } from './machine.ts';
import { runVitest } from './run-vitest.ts';
import type { Counts } from './step.ts';

/** Chromium, for the tests of the user interfaces. */
export const BROWSER = [['chromium', 'chromium']] as const;

/** The servers of several replicas. `pg_ctlcluster` comes with any PostgreSQL of Debian. */
export const SERVERS = [
  ['redis-server', 'redis-server'],
  ['pg_ctlcluster', 'postgresql'],
] as const;

/** Builds the dependencies of an app. */
export async function buildFor(app: 'n8n' | 'backstage'): Promise<void> {
  const turbo = 'node_modules/turbo/bin/turbo';
  await mustRun([process.execPath, turbo, 'run', 'build', '--filter', `@describe-image/${app}^...`], {
    quiet: true,
  });
}

/** Installs n8n and the programs that compile its database driver, unless they are installed. */
export async function installN8n(): Promise<void> {
  await installPrograms([
    ['g++', 'g++'],
    ['make', 'make'],
    ['python3', 'python3'],
  ]);
  await mustRun([process.execPath, 'apps/n8n/src/install-n8n.ts']);
}

/**
 * Runs end-to-end tests of an app. Their screenshots are in `.artifacts/<app>`.
 *
 * @param name - The name of their report.
 * @param tests - Their file or folder, relative to the app.
 */
export function runE2eTests(
  name: string,
  app: 'n8n' | 'backstage',
  tests: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Counts> {
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const config = join(ROOT, 'vitest.e2e.config.ts');
  const cwd = join(ROOT, 'apps', app);
  return runVitest(name, [process.execPath, vitest, 'run', '--config', config, tests], { cwd, env });
}
