import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '@describe-image/services';
import { NODE_PACKAGE } from './folders.ts';

/**
 * Packs the nodes and installs the tarball into n8n's folder for community packages, so that the node types have the same
 * names as after an installation from npm. This is n8n's documented manual installation. Its installer in the settings reads other
 * registries than npm's only with a licence.
 */
export async function installNodes(userFolder: string): Promise<void> {
  await installTarball(userFolder, await packNodes(userFolder));
}

/** Upgrades the installed nodes to a later version with the same content. */
export async function upgradeNodes(userFolder: string, version: string): Promise<void> {
  const folder = mkdtempSync(join(userFolder, 'upgrade-'));
  await runProgram(['tar', '-xzf', await packNodes(folder), '-C', folder], { cwd: folder });
  const file = join(folder, 'package', 'package.json');
  const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...Object(manifest), version }));
  await runProgram(['npm', 'pack', '--ignore-scripts', '--silent'], { cwd: join(folder, 'package') });
  await installTarball(userFolder, tarballIn(join(folder, 'package')));
}

/** The version of the installed nodes. */
export function installedVersion(userFolder: string): unknown {
  const folder = join(nodesFolder(userFolder), 'node_modules', '@describe-image', 'n8n-nodes-describe-image');
  return Object(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))).version;
}

function nodesFolder(userFolder: string): string {
  return join(userFolder, '.n8n', 'nodes');
}

async function packNodes(folder: string): Promise<string> {
  await runProgram(['pnpm', 'pack', '--pack-destination', folder], { cwd: NODE_PACKAGE });
  return tarballIn(folder);
}

function tarballIn(folder: string): string {
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error(`pnpm pack: no tarball in ${folder}`);
  return join(folder, tarball);
}

async function installTarball(userFolder: string, tarball: string): Promise<void> {
  const cwd = nodesFolder(userFolder);
  mkdirSync(cwd, { recursive: true });
  if (!readdirSync(cwd).includes('package.json'))
    writeFileSync(join(cwd, 'package.json'), '{ "private": true, "dependencies": {} }\n');
  // Peer dependencies are omitted: a second copy of n8n-workflow would break `instanceof`.
  const flags = ['--legacy-peer-deps', '--omit=peer', '--ignore-scripts', '--no-package-lock'];
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  await runProgram(['npm', 'install', tarball, ...flags, ...quiet], { cwd });
}
