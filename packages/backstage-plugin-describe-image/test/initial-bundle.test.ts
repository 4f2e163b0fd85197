// @vitest-environment node
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Plugin } from 'esbuild';
import { expect, it } from 'vitest';

/** Lazily imported modules are not part of the initial bundle. */
const externalDynamicImports: Plugin = {
  name: 'external dynamic imports',
  setup({ onResolve }) {
    onResolve({ filter: /.*/ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path, external: true } : undefined,
    );
  },
};

it.each(['index.ts', 'legacy.ts', 'translations.ts'])(
  'keeps the initial bundle of %s, without Backstage and React, within 40 kB gzipped',
  async (entry) => {
    const { outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL(`../src/${entry}`, import.meta.url))],
      bundle: true,
      minify: true,
      write: false,
      format: 'esm',
      jsx: 'automatic',
      external: ['react', 'react-dom', 'react/*', 'react-router-dom', '@backstage/*'],
      plugins: [externalDynamicImports],
    });
    const bytes = gzipSync(outputFiles[0]?.contents ?? '').length;
    console.info(`${entry}: ${bytes} bytes gzipped`);
    expect(bytes).toBeGreaterThan(500);
    expect(bytes).toBeLessThanOrEqual(40_000);
  },
);
