import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun } from './run-command.ts';

/** Installs what is not on the PATH, by apt. */
export async function bringPrograms(
  programs: readonly (readonly [program: string, aptPackage: string])[],
): Promise<void> {
  const missing = programs.filter(([program]) => !isOnPath(program)).map(([, aptPackage]) => aptPackage);
  if (missing.length === 0) return;
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await mustRun(['apt-get', 'update'], { env, quiet: true });
  await mustRun(['apt-get', 'install', '--yes', '--no-install-recommends', ...missing], { env, quiet: true });
}

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(':').some((folder) => existsSync(join(folder, program)));
}
