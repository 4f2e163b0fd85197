import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '@describe-image/services';
import { NODE_PACKAGE } from './folders.ts';

/**
 * Packs the nodes and installs the tarball into n8n's folder for community packages, so that the node types have the same
 * names as after an installation from npm.
 */
export async function installNodes(userFolder: string): Promise<void> {
  const nodes = join(userFolder, '.n8n', 'nodes');
  mkdirSync(nodes, { recursive: true });
  await runProgram(['pnpm', 'pack', '--pack-destination', userFolder], { cwd: NODE_PACKAGE });
  const tarball = readdirSync(userFolder).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error(`pnpm pack: no tarball in ${userFolder}`);
  writeFileSync(join(nodes, 'package.json'), '{ "private": true, "dependencies": {} }\n');
  // Peer dependencies are omitted: a second copy of n8n-workflow would break `instanceof`.
  const flags = ['--legacy-peer-deps', '--omit=peer', '--ignore-scripts', '--no-package-lock'];
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  await runProgram(['npm', 'install', join(userFolder, tarball), ...flags, ...quiet], { cwd: nodes });
}
