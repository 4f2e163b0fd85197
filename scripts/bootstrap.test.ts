import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const bootstrap = join(import.meta.dirname, 'bootstrap.mjs');

it('lists the tasks when the task is unknown', () => {
  const { status, stderr } = spawnSync(process.execPath, [bootstrap, 'dance'], { encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr).toContain('there is no task "dance"');
  expect(stderr).toContain('name one of: demo, demo:n8n, demo:backstage, test, build, check');
});
