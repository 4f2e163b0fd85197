import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The unpacked tarball, in a separate `node_modules`. */
    packageDirectory: string;
  }
}

const root = fileURLToPath(new URL('..', import.meta.url));

/** Builds and packs a copy of the package. Unpacks the tarball next to the n8n-workflow that n8n-core uses. */
export default function packPackage(project: Pick<TestProject, 'provide'>): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'describe-image-n8n-'));
  const copy = join(folder, 'copy');
  mkdirSync(copy);
  for (const entry of ['package.json', 'README.md', 'README-zh-CN.md', 'LICENSE'])
    cpSync(join(root, entry), join(copy, entry), { force: true });
  execFileSync(process.execPath, [join(root, 'scripts/build.mjs'), join(copy, 'dist')], { stdio: 'pipe' });
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], {
    cwd: copy,
    stdio: 'pipe',
  });
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
  const modules = join(folder, 'node_modules');
  const unpacked = join(modules, '@describe-image/n8n-nodes-describe-image');
  mkdirSync(unpacked, { recursive: true });
  execFileSync('tar', ['-xzf', join(folder, tarball), '-C', unpacked, '--strip-components=1']);
  const core = createRequire(createRequire(import.meta.url).resolve('n8n-core'));
  symlinkSync(packageRoot(core.resolve('n8n-workflow')), join(modules, 'n8n-workflow'), 'dir');
  project.provide('packageDirectory', unpacked);
  return () => rmSync(folder, { recursive: true, force: true });
}

function packageRoot(path: string): string {
  let folder = dirname(path);
  while (!folder.endsWith('n8n-workflow')) folder = dirname(folder);
  return folder;
}
