import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The dependencies of the HTTP Request node. The other nodes of its package need more. */
const NEEDED = [
  '@mozilla/readability',
  '@n8n/utils',
  'cheerio',
  'form-data',
  'html-to-text',
  'jsdom',
  'lodash',
] as const;
const FOLDER = fileURLToPath(new URL('../../../.artifacts/bench-n8n', import.meta.url));

/**
 * Installs n8n-nodes-base in the version of n8n-core. It is not a dependency of the workspace, because it takes 180 MB. The folder is
 * kept for the next run.
 *
 * @throws {Error} when the registry cannot be reached.
 */
export function httpRequestPackage(): string {
  const core = createRequire(createRequire(import.meta.url).resolve('n8n-core'));
  const { version } = manifest(core.resolve('n8n-core/package.json'));
  const home = join(FOLDER, version);
  const unpacked = join(home, 'n8n-nodes-base');
  if (existsSync(home)) return unpacked;

  const unfinished = `${home}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(join(unfinished, 'n8n-nodes-base'), { recursive: true });
  const run = (program: string, ...args: string[]) =>
    execFileSync(program, args, { cwd: unfinished, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
  const tarball = run('npm', 'pack', `n8n-nodes-base@${version}`, '--silent').trim();
  run('tar', '-xzf', tarball, '-C', 'n8n-nodes-base', '--strip-components=1');
  rmSync(join(unfinished, tarball));
  const { dependencies = {} } = manifest(join(unfinished, 'n8n-nodes-base/package.json'));
  const needed = Object.fromEntries(NEEDED.map((name) => [name, dependencies[name]]));
  writeFileSync(join(unfinished, 'package.json'), JSON.stringify({ private: true, dependencies: needed }));
  run('npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund', '--legacy-peer-deps', '--silent');
  // Nodes check errors with `instanceof`, so there must be one copy of n8n-workflow only.
  const workflow = join(unfinished, 'node_modules/n8n-workflow');
  rmSync(workflow, { recursive: true, force: true });
  symlinkSync(join(core.resolve('n8n-workflow/package.json'), '..'), workflow, 'dir');
  renameSync(unfinished, home);
  return unpacked;
}

function manifest(path: string): { version: string; dependencies?: Record<string, string> } {
  return JSON.parse(readFileSync(path, 'utf8'));
}
