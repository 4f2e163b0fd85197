import { defineProject, type UserWorkspaceConfig } from 'vitest/config';

// The `source` condition loads the workspace packages from their sources. Loading n8n takes seconds, so the timeouts are long.
const project: UserWorkspaceConfig = defineProject({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['test/**/*.test.mts'],
    globalSetup: ['test/pack-package.mts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});

export default project;
