import { defineConfig, type ViteUserConfig } from 'vitest/config';
import base from '../../vitest.base.ts';

// Without the base's condition `source`: libraries of others publish sources under it.
const config: ViteUserConfig = defineConfig({
  test: {
    ...base.test,
    environment: 'jsdom',
    globals: true,
    setupFiles: ['test/setup.ts'],
    // Its ES modules import folders, which Node.js cannot resolve.
    server: { deps: { inline: [/material-ui-popup-state/] } },
    // Both frontend systems import most of Backstage. One worker imports it once; test/setup.ts cleans up after each test.
    fileParallelism: false,
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}'],
  },
});

export default config;
