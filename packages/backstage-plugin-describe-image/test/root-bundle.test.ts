// @vitest-environment node
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Plugin } from 'esbuild';
import { expect, it } from 'vitest';

/** What is loaded when it is first shown is no part of the initial bundle. */
const leaveLazyPartsOut: Plugin = {
  name: 'leave lazy parts out',
  setup({ onResolve }) {
    onResolve({ filter: /.*/ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path, external: true } : undefined,
    );
  },
};

it.each(['index.ts', 'legacy.ts', 'translations.ts'])(
  'what an app loads of %s before anything is shown is at most 40 kB gzipped, its hosts aside',
  async (entry) => {
    const { outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL(`../src/${entry}`, import.meta.url))],
      bundle: true,
      minify: true,
      write: false,
      format: 'esm',
      jsx: 'automatic',
      external: ['react', 'react-dom', 'react/*', 'react-router-dom', '@backstage/*'],
      plugins: [leaveLazyPartsOut],
    });
    const bytes = gzipSync(outputFiles[0]?.contents ?? '').length;
    console.info(`${entry}: ${bytes} bytes gzipped`);
    expect(bytes).toBeGreaterThan(500);
    expect(bytes).toBeLessThanOrEqual(40_000);
  },
);
