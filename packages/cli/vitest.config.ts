import { defineConfig, mergeConfig, type ViteUserConfig } from 'vitest/config';
import base from '../../vitest.base.ts';

const config: ViteUserConfig = mergeConfig(
  base,
  defineConfig({
    test: {
      include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
      globalSetup: ['test/bundle-bin.ts'],
      // eventsource-parser publishes TypeScript under the condition `source`, which Node does not strip in node_modules.
      server: { deps: { inline: [/@modelcontextprotocol/, /eventsource/] } },
    },
  }),
);

export default config;
