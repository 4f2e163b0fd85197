import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createEmulator, demoCredentials } from '@describe-image/emulator';
import { freePort, startService } from '@describe-image/services';
import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import { ARTIFACTS } from '../../src/folders.ts';
import { openVisitor } from '../visitor.ts';

/** A Backstage app outside the repository, made by the release rehearsal from what npm would publish. */
const APP = process.env['CONSUMER_APP'] ?? '';

it('shows the card and the overview in an app that installed the published packages', {
  timeout: 900_000,
}, async () => {
  await using emulator = await createEmulator();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  writeFileSync(
    join(APP, 'local.yaml'),
    stringify({ app: { baseUrl: url }, backend: { baseUrl: url, listen: `127.0.0.1:${port}` } }),
  );
  const readme = readFileSync(join(APP, 'describe-image.yaml'), 'utf8');
  writeFileSync(join(APP, 'emulator.yaml'), readme.replace(/^( +)site: .*$/m, `$1endpoint: ${emulator.url}`));
  const configs = ['app-config.yaml', 'emulator.yaml', 'local.yaml'];
  await using _backend = await startService({
    name: 'consumer',
    logs: ARTIFACTS,
    command: [
      process.execPath,
      join(APP, 'node_modules/@backstage/cli/bin/backstage-cli'),
      'package',
      'start',
      ...configs.flatMap((file) => ['--config', join(APP, file)]),
    ],
    ready: 'Plugin initialization complete',
    cwd: join(APP, 'packages/backend'),
    env: {
      PATH: process.env['PATH'],
      HOME: join(APP, '..', '.home'),
      ALIBABA_CLOUD_ACCESS_KEY_ID: demoCredentials.accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: demoCredentials.accessKeySecret,
    },
  });
  await using visitor = await openVisitor(url);
  await visitor.visitComponent('example-website');
  await visitor.page.getByRole('list', { name: 'Container images of this entity' }).waitFor();
  await visitor.page
    .getByRole('button', { name: /^Copy digest of/ })
    .first()
    .waitFor();
  await visitor.screenshot('consumer-card');
  await visitor.visit('/container-images');
  await visitor.page.getByRole('link', { name: 'example-website' }).first().waitFor();
  await visitor.screenshot('consumer-overview');
  expect((await visitor.responses()).join('\n')).not.toContain(demoCredentials.accessKeySecret);
});
