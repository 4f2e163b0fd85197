import { join } from 'node:path';
import { runProgram, startPostgres } from '@describe-image/services';
import { expect, it } from 'vitest';
import { APP, ARTIFACTS } from '../../src/folders.ts';

const ROOT = join(APP, '..', '..');

it('passes the tests of history and refresh on PostgreSQL', async () => {
  await using postgres = await startPostgres(ARTIFACTS);
  const { host, port, user, password } = postgres;
  const connection = `postgres://${user}:${password}@${host}:${port}/postgres`;
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const files = ['test/store.test.ts', 'test/refresh.test.ts'];
  const output = await runProgram(
    [process.execPath, vitest, 'run', '--reporter=verbose', '--root', '.', ...files],
    {
      cwd: join(ROOT, 'packages/backstage-plugin-describe-image-backend'),
      env: { ...process.env, BACKSTAGE_TEST_POSTGRES: connection, NO_COLOR: '1' },
    },
  );
  expect(output).toMatch(/on Postgres/);
  // All tests passed, and none was skipped.
  expect(output).toMatch(/^ +Tests +(\d+) passed \(\1\)$/m);
});
