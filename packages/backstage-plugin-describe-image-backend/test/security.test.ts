import { describe, expect, it } from 'vitest';
import { CHECKOUT, component, HOST, NIGHTLY, pathOf } from './entities.ts';
import { READABLE_BY, startPlugin } from './start-plugin.ts';

const checkout = component('checkout', { images: [CHECKOUT] });
const ofCheckout = `image=${encodeURIComponent(CHECKOUT)}`;
const ROUTES = [
  ['get', pathOf('checkout')],
  ['post', `${pathOf('checkout')}/refresh`],
  ['get', `${pathOf('checkout')}/history?${ofCheckout}`],
  ['get', `${pathOf('checkout')}/tags?${ofCheckout}`],
  ['get', '/overview'],
  ['get', '/overview.csv'],
] as const;

describe.each(ROUTES)('%s %s', (method, path) => {
  it('rejects a user without the permission, without a request to the service', async () => {
    const { emulator, audited, ...plugin } = await startPlugin({ entities: [checkout], denied: true });
    const { status, body } = await plugin[method](path);
    expect(status).toBe(403);
    expect(body.error.message).toContain('describeImage.image.read');
    expect(emulator.requests).toEqual([]);
    expect(audited).toMatchObject([{ outcome: 'fail', error: 'NotAllowedError' }]);
  });

  it('reports an audit event', async () => {
    const { audited, ...plugin } = await startPlugin({ entities: [checkout] });
    expect((await plugin[method](path)).status).toBe(200);
    expect(audited).toHaveLength(1);
    expect(audited[0]?.outcome).toBe('success');
    if (!path.startsWith('/overview'))
      expect(audited[0]?.meta).toMatchObject({ entityRef: 'component:default/checkout' });
  });

  it('rejects an unknown parameter by name', async () => {
    const plugin = await startPlugin({ entities: [checkout] });
    const { status, body } = await plugin[method](`${path}${path.includes('?') ? '&' : '?'}colour=red`);
    expect(status).toBe(400);
    expect(body.error.message).toContain('colour');
  });
});

describe.each(ROUTES.filter(([, path]) => !path.startsWith('/overview')))('%s %s', (method, path) => {
  it('responds for an entity that the caller may not read as for one that does not exist', async () => {
    const hidden = component('checkout', {
      images: [CHECKOUT],
      annotations: { [READABLE_BY]: 'user:default/alice' },
    });
    const { emulator, ...plugin } = await startPlugin({ entities: [hidden] });
    const unreadable = await plugin[method](path, 'user:default/bob');
    const absent = await plugin[method](path.replace('checkout', 'absence'), 'user:default/bob');
    expect([unreadable.status, absent.status]).toEqual([404, 404]);
    expect(unreadable.body.error.message.replaceAll('checkout', 'absence')).toBe(absent.body.error.message);
    expect(emulator.requests).toEqual([]);
    expect((await plugin[method](path, 'user:default/alice')).status).toBe(200);
  });
});

describe('GET images', () => {
  it.each(['history', 'tags'])('%s rejects an image that only another entity declares', async (route) => {
    const { get, emulator } = await startPlugin({
      entities: [checkout, component('base', { images: [NIGHTLY] })],
    });
    const { status, body } = await get(`${pathOf('checkout')}/${route}?image=${encodeURIComponent(NIGHTLY)}`);
    expect(status).toBe(404);
    expect(body.error.message).toContain('component:default/checkout does not declare the image');
    expect(emulator.requests).toEqual([]);
  });
});

describe('a route', () => {
  it.each([
    ['a missing image and page 0', 'tags?page=0', 'image: ', 'page: expected an integer from 1'],
    ['a large page', `tags?${ofCheckout}&pageSize=101`, 'pageSize: expected an integer from 1 to 100'],
    ['an unknown sort order', `tags?${ofCheckout}&sort=size`, 'sort: '],
    ['two images', `history?${ofCheckout}&image=b`, 'image: '],
    ['a limit in words', `history?${ofCheckout}&limit=many`, 'limit: expected an integer from 1 to 1000'],
  ])('rejects %s and names each invalid parameter', async (_, path, ...messages) => {
    const { get } = await startPlugin({ entities: [checkout] });
    const { status, body } = await get(`${pathOf('checkout')}/${path}`);
    expect(status).toBe(400);
    for (const message of messages) expect(body.error.message).toContain(message);
  });
});

describe('the plugin', () => {
  it('keeps secrets out of responses, logs, audit events and metrics when requests fail', async () => {
    const instances = ['acme', 'list-only', 'denied', 'disabled'];
    const plugin = await startPlugin({
      entities: instances.map((instance) =>
        component(instance, { images: [CHECKOUT, NIGHTLY, 'shop/checkout:1.4.1'], instance }),
      ),
    });
    const answers: string[] = [];
    const requestAll = async (): Promise<void> => {
      for (const name of instances)
        for (const path of ['', `/tags?${ofCheckout}`, `/history?${ofCheckout}`]) {
          const { text } = await plugin.get(`${pathOf(name)}${path}`);
          answers.push(text);
        }
    };
    await requestAll();
    plugin.emulator.faults.add({ times: 40, effect: { kind: 'html' } });
    for (const name of instances) answers.push((await plugin.post(`${pathOf(name)}/refresh`)).text);
    await requestAll();
    answers.push((await plugin.get('/overview')).text);
    const output = [...answers, ...plugin.logged, JSON.stringify([plugin.audited, plugin.counted])].join(
      '\n',
    );
    expect(output).toContain('permission');
    expect(output).not.toMatch(/-secret\b/);
    expect(output).not.toMatch(/authorization|signature=/i);
  });
});

describe('an annotation', () => {
  it('causes no request to a host that is not configured', async () => {
    const { get, emulator } = await startPlugin({
      entities: [
        component('hostile', {
          images: [
            'attacker.example:8443/shop/checkout:1.4.2',
            '127.0.0.1:1/shop/checkout:1.4.2',
            '169.254.169.254/latest/meta-data:1',
            `${HOST}/../../shop/checkout:1.4.2`,
          ],
          ids: ['attacker/cri-1/crr-1:1'],
        }),
      ],
    });
    const { status, body } = await get(pathOf('hostile'));
    expect(status).toBe(200);
    for (const { failure } of body.images) expect(['not-found', 'invalid-reference']).toContain(failure.kind);
    const hosts = new Set(emulator.requests.map(({ headers }) => headers['host']));
    expect([...hosts]).toEqual([new URL(emulator.url).host]);
  });
});

describe('a back end without instances', () => {
  it('starts, logs a warning, and reports a failure for each image', async () => {
    const { get, logged } = await startPlugin({ entities: [checkout], config: () => ({ instances: [] }) });
    expect((await get(pathOf('checkout'))).body.images[0].failure).toMatchObject({
      kind: 'unknown-instance',
      message: 'no instance of Security Center is configured',
    });
    expect(logged.join('\n')).toContain('warn describeImage.instances is empty');
  });
});
