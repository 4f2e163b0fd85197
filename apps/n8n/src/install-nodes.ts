import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '@describe-image/services';
import { NODE_PACKAGE } from './folders.ts';

/**
 * Packs our nodes as npm would publish them and installs the tarball where n8n's own installer puts community
 * packages, so node types have the names that published workflows use.
 */
export async function installNodes(userFolder: string): Promise<void> {
  const nodes = join(userFolder, '.n8n', 'nodes');
  mkdirSync(nodes, { recursive: true });
  await runProgram(['pnpm', 'pack', '--pack-destination', userFolder], { cwd: NODE_PACKAGE });
  const tarball = readdirSync(userFolder).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error(`${NODE_PACKAGE} cannot be packed: there is no tarball`);
  writeFileSync(join(nodes, 'package.json'), '{ "private": true, "dependencies": {} }\n');
  // A second n8n-workflow beside n8n's own would break `instanceof`, hence no peers.
  const flags = ['--legacy-peer-deps', '--omit=peer', '--ignore-scripts', '--no-package-lock'];
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  await runProgram(['npm', 'install', join(userFolder, tarball), ...flags, ...quiet], { cwd: nodes });
}
