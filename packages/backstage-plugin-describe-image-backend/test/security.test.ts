import { afterEach, describe, expect, it } from 'vitest';
import { CHECKOUT, component, HOST, NIGHTLY, pathOf } from './entities.ts';
import { READABLE_BY, type StartedPlugin, type StartOptions, startPlugin } from './start-plugin.ts';

const started: StartedPlugin[] = [];
const start = async (options: StartOptions): Promise<StartedPlugin> => {
  const plugin = await startPlugin(options);
  started.push(plugin);
  return plugin;
};
const checkout = component('checkout', { images: [CHECKOUT] });
const ofCheckout = `image=${encodeURIComponent(CHECKOUT)}`;
const ROUTES = [
  ['get', pathOf('checkout')],
  ['post', `${pathOf('checkout')}/refresh`],
  ['get', `${pathOf('checkout')}/history?${ofCheckout}`],
  ['get', `${pathOf('checkout')}/tags?${ofCheckout}`],
  ['get', '/overview'],
] as const;

afterEach(async () => {
  for (const { emulator } of started.splice(0)) await emulator.close();
});

describe.each(ROUTES)('%s %s', (method, path) => {
  it('refuses who lacks the permission, before the service is asked', async () => {
    const { emulator, audited, ...plugin } = await start({ entities: [checkout], denied: true });
    const { status, body } = await plugin[method](path);
    expect(status).toBe(403);
    expect(body.error.message).toContain('describeImage.image.read');
    expect(emulator.requests).toEqual([]);
    expect(audited).toMatchObject([{ outcome: 'fail', error: 'NotAllowedError' }]);
  });

  it('tells the auditor that it was asked', async () => {
    const { audited, ...plugin } = await start({ entities: [checkout] });
    expect((await plugin[method](path)).status).toBe(200);
    expect(audited).toHaveLength(1);
    expect(audited[0]?.outcome).toBe('success');
    if (path !== '/overview')
      expect(audited[0]?.meta).toMatchObject({ entityRef: 'component:default/checkout' });
  });

  it('refuses a parameter that it does not know, by name', async () => {
    const plugin = await start({ entities: [checkout] });
    const { status, body } = await plugin[method](`${path}${path.includes('?') ? '&' : '?'}colour=red`);
    expect(status).toBe(400);
    expect(body.error.message).toContain('colour');
  });
});

describe.each(ROUTES.filter(([, path]) => path !== '/overview'))('%s %s', (method, path) => {
  it('answers for an entity that the caller may not read as for one that is not there', async () => {
    const hidden = component('checkout', {
      images: [CHECKOUT],
      annotations: { [READABLE_BY]: 'user:default/alice' },
    });
    const { emulator, ...plugin } = await start({ entities: [hidden] });
    const unreadable = await plugin[method](path, 'user:default/bob');
    const absent = await plugin[method](path.replace('checkout', 'absence'), 'user:default/bob');
    expect([unreadable.status, absent.status]).toEqual([404, 404]);
    expect(unreadable.body.error.message.replaceAll('checkout', 'absence')).toBe(absent.body.error.message);
    expect(emulator.requests).toEqual([]);
    expect((await plugin[method](path, 'user:default/alice')).status).toBe(200);
  });
});

describe('an image that the entity does not declare', () => {
  it.each(['history', 'tags'])('is refused by %s, though another entity declares it', async (route) => {
    const { get, emulator } = await start({ entities: [checkout, component('base', { images: [NIGHTLY] })] });
    const { status, body } = await get(`${pathOf('checkout')}/${route}?image=${encodeURIComponent(NIGHTLY)}`);
    expect(status).toBe(404);
    expect(body.error.message).toContain('component:default/checkout declares no image');
    expect(emulator.requests).toEqual([]);
  });
});

describe('query parameters', () => {
  it.each([
    ['tags?page=0', 'image: ', 'page: wanted a whole number from 1'],
    [`tags?${ofCheckout}&pageSize=101`, 'pageSize: wanted a whole number from 1 to 100'],
    [`tags?${ofCheckout}&sort=size`, 'sort: '],
    [`history?${ofCheckout}&image=b`, 'image: '],
    [`history?${ofCheckout}&limit=many`, 'limit: wanted a whole number from 1 to 1000'],
  ])('%s is refused with the name of each that is wrong', async (path, ...messages) => {
    const { get } = await start({ entities: [checkout] });
    const { status, body } = await get(`${pathOf('checkout')}/${path}`);
    expect(status).toBe(400);
    for (const message of messages) expect(body.error.message).toContain(message);
  });
});

describe('secrets', () => {
  it('are in no answer, log line, audit event or metric, whatever fails', async () => {
    const instances = ['acme', 'list-only', 'denied', 'disabled'];
    const plugin = await start({
      entities: instances.map((instance) =>
        component(instance, { images: [CHECKOUT, NIGHTLY, 'shop/checkout:1.4.1'], instance }),
      ),
    });
    const answers: string[] = [];
    const askAll = async (): Promise<void> => {
      for (const name of instances)
        for (const path of ['', `/tags?${ofCheckout}`, `/history?${ofCheckout}`]) {
          const { text } = await plugin.get(`${pathOf(name)}${path}`);
          answers.push(text);
        }
    };
    await askAll();
    plugin.emulator.faults.add({ times: 40, effect: { kind: 'html' } });
    for (const name of instances) answers.push((await plugin.post(`${pathOf(name)}/refresh`)).text);
    await askAll();
    answers.push((await plugin.get('/overview')).text);
    const said = [...answers, ...plugin.logged, JSON.stringify([plugin.audited, plugin.counted])].join('\n');
    expect(said).toContain('permission');
    expect(said).not.toMatch(/-secret\b/);
    expect(said).not.toMatch(/authorization|signature=/i);
  });
});

describe('annotations', () => {
  it('make no request to a host that is not configured', async () => {
    const { get, emulator } = await start({
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

describe('a configuration without instances', () => {
  it('starts, warns, and says so of every image', async () => {
    const { get, logged } = await start({ entities: [checkout], config: () => ({ instances: [] }) });
    expect((await get(pathOf('checkout'))).body.images[0].failure).toMatchObject({
      kind: 'unknown-instance',
      message: 'no instance of Security Center is configured',
    });
    expect(logged.join('\n')).toContain('warn describeImage.instances is empty');
  });
});
