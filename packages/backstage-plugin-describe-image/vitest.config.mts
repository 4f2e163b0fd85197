import { defineProject } from 'vitest/config';

export default defineProject({
  test: {
    environment: 'jsdom',
    globals: true,
    setupFiles: ['test/setup.ts'],
    // Its ES modules import folders, which Node.js cannot resolve.
    server: { deps: { inline: [/material-ui-popup-state/] } },
    // Both frontend systems import most of Backstage. One worker imports it once; test/setup.ts cleans up after each test.
    isolate: false,
    fileParallelism: false,
    // Only ends tests that hang; a busy machine is slow.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}'],
  },
});
