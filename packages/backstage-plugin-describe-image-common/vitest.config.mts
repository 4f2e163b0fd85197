import { defineProject } from 'vitest/config';

export default defineProject({
  // A loaded machine is slow, not wrong: the limit only ends what hangs.
  test: { testTimeout: 120_000, include: ['src/**/*.test.ts'] },
});
