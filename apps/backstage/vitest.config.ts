import { defineProject, type UserWorkspaceConfig } from 'vitest/config';

// Only what needs no back end and no browser: the rest is prove.config.ts.
const config: UserWorkspaceConfig = defineProject({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: { name: '@describe-image/backstage', include: ['src/**/*.test.ts'] },
});

export default config;
