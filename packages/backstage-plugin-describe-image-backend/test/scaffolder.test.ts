import { mockCredentials } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import { parseImageAnnotations } from '@describe-image/backstage-plugin-describe-image-common';
import request from 'supertest';
import { expect, it } from 'vitest';
import { CHECKOUT, demoDigest } from './entities.ts';
import { startPlugin } from './start-plugin.ts';

/** An expression of a template. */
function expression(text: string): string {
  return `\${{ ${text} }}`;
}

/** The template of the README. It creates an entity whose image is pinned. */
const template: Entity = {
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: { name: 'service', namespace: 'default' },
  spec: {
    type: 'service',
    owner: 'team-shop',
    parameters: [{ title: 'Service', required: ['image'], properties: { image: { type: 'string' } } }],
    steps: [
      {
        id: 'pin',
        name: 'Pin the image',
        action: 'describe-image:pin-reference',
        input: { reference: expression('parameters.image') },
      },
      {
        id: 'write',
        name: 'Write catalog-info.yaml',
        action: 'catalog:write',
        input: {
          entity: {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'Component',
            metadata: {
              name: 'checkout',
              annotations: { 'alibabacloud.com/container-images': expression('steps.pin.output.pinned') },
            },
            spec: { type: 'service', lifecycle: 'production', owner: 'team-shop' },
          },
        },
      },
      {
        id: 'log',
        name: 'Log the files',
        action: 'debug:log',
        input: { listWorkspace: 'with-contents' },
      },
    ],
    output: { pinned: expression('steps.pin.output.pinned') },
  },
};

/** Runs the template in the scaffolder and waits for its end. */
async function run(image: string) {
  const { server, audited } = await startPlugin({
    entities: [template],
    modules: [scaffolderPlugin],
    hasActionsService: true,
    rootConfig: { backend: { actions: { pluginSources: ['describe-image'] } } },
  });
  const user = mockCredentials.user.header('user:default/bob');
  const get = (path: string) => request(server).get(path).set('authorization', user);
  const created = await request(server)
    .post('/api/scaffolder/v2/tasks')
    .set('authorization', user)
    .send({ templateRef: 'template:default/service', values: { image } });
  expect(created.status).toBe(201);
  const task = `/api/scaffolder/v2/tasks/${created.body.id}`;
  const statusOf = async () => (await get(task)).body.status;
  await expect.poll(statusOf, { timeout: 30_000, interval: 100 }).toMatch(/completed|failed/);
  const { body: events } = await get(`${task}/events`);
  return { status: await statusOf(), events, audited };
}

it('creates an entity with a pinned image in a run of a template', async () => {
  const { status, events, audited } = await run(CHECKOUT);
  expect(status).toBe('completed');
  const { output } = events.at(-1).body;
  expect(output.pinned).toBe(`${CHECKOUT}@${demoDigest('checkout 1.4.2')}`);
  const files = JSON.stringify(
    events.filter(({ body }: { body: { stepId?: string } }) => body.stepId === 'log'),
  );
  for (const text of ['catalog-info.yaml', 'alibabacloud.com/container-images', output.pinned])
    expect(files).toContain(text);
  expect(audited.map(({ eventId }) => eventId)).toContain('pin-reference');
  const { images, faults } = parseImageAnnotations({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'checkout', annotations: { 'alibabacloud.com/container-images': output.pinned } },
  });
  expect([images[0]?.declaredDigest, faults]).toEqual([demoDigest('checkout 1.4.2'), []]);
});

it('fails a run of a template for an image that does not exist', async () => {
  const { status, events } = await run(CHECKOUT.replace('1.4.2', '9.9.9'));
  expect(status).toBe('failed');
  expect(JSON.stringify(events)).toContain('404 Not Found');
});
