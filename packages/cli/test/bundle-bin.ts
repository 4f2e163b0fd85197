import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'tsdown';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of the program bundled from source, which a child process can run without type stripping or a build of core. */
    readonly bin: string;
  }
}

export default async function bundleBin({ provide }: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'describe-image-bin-'));
  await build({
    config: false,
    logLevel: 'error',
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    entry: { bin: 'src/bin.ts' },
    outDir: folder,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    dts: false,
    deps: { alwaysBundle: [/^(?!node:)/] },
    inputOptions: { resolve: { conditionNames: ['source', 'node', 'import', 'default'] } },
  });
  provide('bin', join(folder, 'bin.mjs'));
  return () => rmSync(folder, { recursive: true });
}
