import { defineProject } from 'vitest/config';

export default defineProject({
  test: {
    environment: 'jsdom',
    globals: true,
    setupFiles: ['test/jest-names.ts'],
    // Its ES modules import folders.
    server: { deps: { inline: [/material-ui-popup-state/] } },
    // A loaded machine is slow, not wrong: the limit only ends what hangs.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}'],
  },
});
