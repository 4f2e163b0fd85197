import { defineConfig, mergeConfig, type ViteUserConfig } from 'vitest/config';
import base from '../../vitest.base.ts';

const config: ViteUserConfig = mergeConfig(
  base,
  defineConfig({
    test: {
      // Backstage's test utilities call the globals of a test framework.
      globals: true,
      setupFiles: ['test/setup.ts'],
      include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    },
  }),
);

export default config;
