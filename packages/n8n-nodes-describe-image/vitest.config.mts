import { defineConfig, mergeConfig, type ViteUserConfig } from 'vitest/config';
import base from '../../vitest.base.ts';

const config: ViteUserConfig = mergeConfig(
  base,
  defineConfig({ test: { include: ['test/**/*.test.mts'], globalSetup: ['test/pack-package.mts'] } }),
);

export default config;
