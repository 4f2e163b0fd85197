import { mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Project } from './list-projects.ts';
import { runCommand } from './run-command.ts';

/**
 * Packs a project as it would be published: `workspace:` and `catalog:` become versions.
 *
 * @returns The path of the tarball.
 * @throws when pnpm cannot pack it.
 */
export async function packProject(root: string, { folder, name }: Project): Promise<string> {
  const parent = join(root, '.artifacts/packages');
  mkdirSync(parent, { recursive: true });
  const destination = mkdtempSync(join(parent, 'pack-'));
  const { exitCode, output } = await runCommand(['pnpm', 'pack', '--pack-destination', destination], {
    cwd: join(root, folder),
    quiet: true,
  });
  const tarball = readdirSync(destination).find((file) => file.endsWith('.tgz'));
  if (exitCode !== 0 || tarball === undefined) throw new Error(`${name} cannot be packed\n${output}`);
  return join(destination, tarball);
}
