import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockCredentials, mockServices, startTestBackend } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import {
  CONTAINER_IMAGES_ANNOTATION,
  IMAGE_FAULTS_ANNOTATION,
} from '@describe-image/backstage-plugin-describe-image-common';
import request from 'supertest';
import { expect, it, onTestFinished } from 'vitest';
import catalogModule from '../src/catalog-module.ts';
import { CHECKOUT, component } from './entities.ts';

/** Runs entities through a real catalog with the module, and returns them by name. */
async function process(entities: readonly Entity[]): Promise<ReadonlyMap<string, Entity>> {
  const folder = mkdtempSync(join(tmpdir(), 'describe-image-catalog-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const target = join(folder, 'entities.yaml');
  writeFileSync(target, entities.map((entity) => JSON.stringify(entity)).join('\n---\n'));
  const backend = await startTestBackend({
    features: [
      catalogPlugin,
      catalogModule,
      mockServices.rootConfig.factory({
        data: {
          catalog: {
            locations: [{ type: 'file', target }],
            processingInterval: { seconds: 1 },
          },
        },
      }),
    ],
  });
  onTestFinished(async () => {
    await backend.stop();
  });
  const read = async (): Promise<Entity[]> => {
    const { body } = await request(backend.server)
      .get('/api/catalog/entities?filter=kind=component')
      .set('authorization', mockCredentials.user.header());
    return body;
  };
  await expect.poll(async () => (await read()).length, { timeout: 30_000 }).toBe(entities.length);
  return new Map((await read()).map((entity) => [entity.metadata.name, entity]));
}

it('marks entities with invalid annotations, and keeps them in the catalog', async () => {
  const entities = await process([
    component('valid', { images: [CHECKOUT] }),
    component('broken', { images: [CHECKOUT, 'https://example.com/shop'] }),
    component('corrected', {
      images: [CHECKOUT],
      annotations: { [IMAGE_FAULTS_ANNOTATION]: 'an old fault' },
    }),
    component('without-images'),
  ]);
  const faultsOf = (name: string) => entities.get(name)?.metadata.annotations?.[IMAGE_FAULTS_ANNOTATION];
  expect(faultsOf('broken')).toBe(
    `${CONTAINER_IMAGES_ANNOTATION}:2:1: expected host/namespace/repository:tag, without spaces and without https://`,
  );
  for (const name of ['valid', 'corrected', 'without-images']) expect(faultsOf(name)).toBeUndefined();
});
