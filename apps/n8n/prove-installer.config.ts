import { mergeConfig, type ViteUserConfig } from 'vitest/config';
import prove from './prove.config.ts';

const config: ViteUserConfig = mergeConfig(prove, {});
config.test = { ...config.test, include: ['test/installer/*.test.ts'] };

export default config;
