import { join } from 'node:path';
import { runProgram, startPostgres } from '@describe-image/services';
import { expect, it } from 'vitest';
import { APP, ARTIFACTS } from '../../src/folders.ts';

const ROOT = join(APP, '..', '..');

it('passes the tests of history, refresh, live checks, queues and overview on PostgreSQL', async () => {
  await using postgres = await startPostgres(ARTIFACTS);
  const { host, port, user, password } = postgres;
  const connection = `postgres://${user}:${password}@${host}:${port}/postgres`;
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const files = ['store', 'refresh', 'live-checks', 'outbox', 'overview'].map(
    (name) => `test/${name}.test.ts`,
  );
  const output = await runProgram(
    [process.execPath, vitest, 'run', '--reporter=verbose', '--root', '.', '-t', 'on Postgres', ...files],
    {
      cwd: join(ROOT, 'packages/backstage-plugin-describe-image-backend'),
      env: { ...process.env, BACKSTAGE_TEST_POSTGRES: connection, NO_COLOR: '1' },
    },
  );
  for (const file of files) expect(output).toMatch(new RegExp(`✓ ${file} .* on Postgres`));
  expect(output).toMatch(/^ +Tests +\d+ passed \| \d+ skipped/m);
});
