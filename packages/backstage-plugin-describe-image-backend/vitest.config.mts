import { defineProject } from 'vitest/config';

// The `source` condition runs the workspace from its sources: tests need no build.
export default defineProject({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    // Backstage's test back end stops itself in a global afterAll.
    globals: true,
    setupFiles: ['test/jest-names.ts'],
    // A loaded machine is slow, not wrong: the limit only ends what hangs.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
  },
});
