import { defineConfig, type ViteUserConfig } from 'vitest/config';

/**
 * For the end-to-end tests of `apps/`. Not part of vitest.config.ts, so that `npm test` does not run them: they need the built
 * packages, n8n, Chromium, PostgreSQL and Redis.
 */
const config: ViteUserConfig = defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['test/**/*.test.ts'],
    // Only end tests that hang; a busy machine is slow.
    testTimeout: 180_000,
    hookTimeout: 600_000,
    fileParallelism: false,
  },
});

export default config;
