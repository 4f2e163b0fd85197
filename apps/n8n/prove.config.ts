import { defineConfig, type ViteUserConfig } from 'vitest/config';

// Not named vitest.config.ts, so that `npm test` does not run these tests: they need the real n8n and Chromium.
const config: ViteUserConfig = defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['test/*.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 600_000,
  },
});

export default config;
