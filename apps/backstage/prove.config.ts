import { defineConfig, type ViteUserConfig } from 'vitest/config';

// Not named vitest.config.ts, so that `npm test` leaves it alone: this needs built apps, Chromium, PostgreSQL and Redis.
const config: ViteUserConfig = defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['test/*.test.ts'],
    // A loaded machine is slow, not wrong: the limits only end what hangs.
    testTimeout: 180_000,
    hookTimeout: 600_000,
    fileParallelism: false,
  },
});

export default config;
