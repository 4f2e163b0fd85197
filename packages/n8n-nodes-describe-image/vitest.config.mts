import { defineProject, type UserWorkspaceConfig } from 'vitest/config';

// The `source` condition runs the workspace from its sources. n8n's loader takes seconds to read, hence the timeouts.
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
