import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** The settings that every project's vitest.config shares. */
const base: ViteUserConfig = defineConfig({
  // The `source` condition resolves workspace packages to their sources, so that tests need no build.
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    // Importing the sources takes longer than most test files run, so all files share the imports.
    isolate: false,
    // Generous, so that a slow machine does not fail a test. It only ends a test that hangs.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // `.ci/run` counts from the report.
    reporters: ['default', ['json', { outputFile: '.artifacts/vitest.json' }]],
  },
});

export default base;
