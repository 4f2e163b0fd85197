import { defineConfig, mergeConfig, type ViteUserConfig } from 'vitest/config';
import base from '../../vitest.base.ts';

// Tests without a back end and a browser. vitest.e2e.config.ts runs the others.
const config: ViteUserConfig = mergeConfig(base, defineConfig({ test: { include: ['src/**/*.test.ts'] } }));

export default config;
