import { mergeConfig, type ViteUserConfig } from 'vitest/config';
import prove from './prove.config.ts';

const config: ViteUserConfig = mergeConfig(prove, { test: { retry: 0, testTimeout: 900_000 } });
config.test = { ...config.test, include: ['test/consumer/*.test.ts'] };

export default config;
