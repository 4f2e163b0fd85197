import { defineProject } from 'vitest/config';

export default defineProject({
  // Generous, so that a slow machine does not fail a test. It only ends a test that hangs.
  test: { testTimeout: 120_000, include: ['src/**/*.test.ts'] },
});
