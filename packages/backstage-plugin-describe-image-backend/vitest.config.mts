import { defineProject } from 'vitest/config';

// The `source` condition resolves workspace packages to their sources, so that tests need no build.
export default defineProject({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    // Backstage's test utilities call the globals of a test framework.
    globals: true,
    // Importing Backstage takes longer than most test files, so all files share the imports.
    isolate: false,
    setupFiles: ['test/setup.ts'],
    // Generous, so that a slow machine does not fail a test. It only ends a test that hangs.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
  },
});
