import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createEmulator } from '@describe-image/emulator';
import { freePort } from '@describe-image/services';
import { expect, it } from 'vitest';
import { startBackend } from '../../src/start-backend.ts';
import { demoSeed } from '../../src/world/demo-seed.ts';
import { openVisitor } from '../visitor.ts';
import { makeConsumer } from './make-consumer.ts';

it('shows the card in a Backstage that installed the packed packages', async () => {
  const folder = await makeConsumer();
  expect(existsSync(join(folder, 'packages/app/dist/index.html'))).toBe(true);
  await using emulator = await createEmulator({ seed: demoSeed });
  await using backend = await startBackend({
    name: 'consumer',
    port: await freePort(),
    endpoint: emulator.url,
    app: 'app',
    folder: join(folder, 'packages'),
    config: join(folder, 'app-config.yaml'),
  });
  await using visitor = await openVisitor(backend.url);
  await visitor.visitComponent('checkout');
  await visitor.page.getByRole('list', { name: 'Container images of this entity' }).waitFor();
  await visitor.page
    .getByText(/Source: DescribeImage/)
    .first()
    .waitFor();
  await visitor.screenshot('consumer-card');
});
