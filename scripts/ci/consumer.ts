import { copyFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listProjects } from '../workspace/list-projects.ts';
import { packProject } from '../workspace/pack-project.ts';
import { MACHINE_ENV } from './machine.ts';
import { mustRun, ROOT } from './run-command.ts';

/**
 * A user's project: an empty folder outside the repository, with packages of ours installed by npm from
 * their tarballs, and the programs of `consumer/` in it.
 *
 * @param names - The packages, e.g. `@describe-image/core`.
 * @param others - More packages for npm, e.g. `typescript@5.6`.
 * @returns The folder.
 */
export async function makeConsumer(
  names: readonly string[],
  others: readonly string[] = [],
): Promise<string> {
  await mustRun(
    [
      process.execPath,
      'node_modules/turbo/bin/turbo',
      'run',
      'build',
      ...names.flatMap((name) => ['--filter', name]),
    ],
    { quiet: true },
  );
  const projects = listProjects(ROOT).filter(({ name }) => names.includes(name));
  const tarballs = await Promise.all(projects.map((project) => packProject(ROOT, project)));
  const folder = mkdtempSync(join(tmpdir(), 'describe-image-consumer-'));
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  await mustRun(['npm', 'install', '--no-audit', '--no-fund', '--loglevel=error', ...tarballs, ...others], {
    cwd: folder,
    env: MACHINE_ENV,
    quiet: true,
  });
  for (const program of ['ask.mjs', 'ask.cjs', 'ask.ts', 'emulate.mjs']) {
    copyFileSync(join(ROOT, 'scripts/ci/consumer', program), join(folder, program));
  }
  return folder;
}
