import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun } from '../workspace/run-command.ts';

/** Installs what is not on the PATH, by apt. */
export async function bringPrograms(
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
