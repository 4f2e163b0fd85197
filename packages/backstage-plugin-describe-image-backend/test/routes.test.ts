import {
  entityImagesSchema,
  type HistoryPeriod,
  IMAGE_STATES,
  imageHistorySchema,
  imageOverviewSchema,
  repositoryTagsSchema,
} from '@describe-image/backstage-plugin-describe-image-common';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { CHECKOUT, CHECKOUT_IDS, component, demoDigest, group, HOST, NIGHTLY, pathOf } from './entities.ts';
import { READABLE_BY, type StartedPlugin, startPlugin } from './start-plugin.ts';

const imagesIn = (body: unknown) => entityImagesSchema.parse(body).images;

afterEach(() => void vi.unstubAllEnvs());

describe('GET images', () => {
  it('reports the declared, scanned and live digest with source, time, request id and scan result', async () => {
    const { get, emulator } = await startPlugin({
      entities: [component('checkout', { images: [`web = ${CHECKOUT}@${demoDigest('checkout 1.4.2')}`] })],
    });
    const { status, body } = await get(pathOf('checkout'));
    expect(status).toBe(200);
    const digest = demoDigest('checkout 1.4.2');
    const [inventory, live] = emulator.requests;
    expect(entityImagesSchema.parse(body)).toMatchObject({
      entityRef: 'component:default/checkout',
      faults: [],
      images: [
        {
          key: CHECKOUT,
          label: 'web',
          instance: 'acme',
          repository: `${HOST}/shop/checkout`,
          tag: '1.4.2',
          declared: digest,
          scanned: { digest, source: 'DescribeImageInstances', requestId: inventory?.requestId },
          live: { digest, source: 'DescribeImage', requestId: live?.requestId },
          drift: 'agree',
          risk: { state: 'clean', vulnerabilities: 0, scannedDigest: digest },
          pinned: `${CHECKOUT}@${digest}`,
          consoleUrl: 'https://console.example/',
          fromCache: false,
        },
      ],
    });
  });

  it('reports drift and a stale scan result when the tag no longer points to the scanned digest', async () => {
    const { get } = await startPlugin({ entities: [component('base', { images: [NIGHTLY] })] });
    const [image] = imagesIn((await get(pathOf('base'))).body);
    expect(image).toMatchObject({
      drift: 'drift',
      scanned: { digest: demoDigest('base-node nightly 1') },
      live: { digest: demoDigest('base-node nightly 2') },
      risk: { state: 'stale', scannedDigest: demoDigest('base-node nightly 1') },
      pinned: `${NIGHTLY}@${demoDigest('base-node nightly 2')}`,
    });
  });

  it('reports drift when the owner declares another digest', async () => {
    const { get } = await startPlugin({
      entities: [component('checkout', { images: [`${CHECKOUT}@${demoDigest('other')}`] })],
    });
    expect(imagesIn((await get(pathOf('checkout'))).body)[0]).toMatchObject({ drift: 'drift' });
  });

  it('reads images by their four ids, and takes their names from the inventory', async () => {
    const { get } = await startPlugin({ entities: [component('checkout', { ids: [CHECKOUT_IDS] })] });
    expect(imagesIn((await get(pathOf('checkout'))).body)[0]).toMatchObject({
      key: CHECKOUT_IDS,
      repository: `${HOST}/shop/checkout`,
      pinned: `${CHECKOUT}@${demoDigest('checkout 1.4.2')}`,
      drift: 'agree',
    });
  });

  it('pins with the public host when the reference contains the id of an instance', async () => {
    const { get } = await startPlugin({
      entities: [component('checkout', { images: ['cri-3xk9v2m7q4wz8d1p/shop/checkout:1.4.2'] })],
    });
    expect(imagesIn((await get(pathOf('checkout'))).body)[0]).toMatchObject({
      pinned: `${CHECKOUT}@${demoDigest('checkout 1.4.2')}`,
    });
  });

  it('does not call DescribeImage for a registry whose ids it does not accept', async () => {
    const { get, emulator } = await startPlugin({
      entities: [component('nginx', { images: ['harbor.acme.example/library/nginx:1.27.3'] })],
    });
    const [image] = imagesIn((await get(pathOf('nginx'))).body);
    expect(image).toMatchObject({
      scanned: { digest: demoDigest('nginx 1.27.3') },
      risk: { state: 'risky' },
    });
    expect(image).toMatchObject({ drift: 'unknown' });
    expect(image).not.toHaveProperty('live');
    expect(emulator.requests.map(({ operation }) => operation)).toEqual(['DescribeImageInstances']);
  });

  it('does not call DescribeImage for declared ids that it does not accept', async () => {
    const { get, emulator } = await startPlugin({
      entities: [component('nginx', { ids: ['cn-hangzhou/harbor-1/repo-1:1'] })],
    });
    const [image] = imagesIn((await get(pathOf('nginx'))).body);
    expect(image).toMatchObject({ failure: { kind: 'not-found' } });
    expect(emulator.requests.map(({ operation }) => operation)).toEqual(['DescribeImageInstances']);
  });

  it('responds from the cache without another request', async () => {
    const { get, emulator, counted } = await startPlugin({
      entities: [component('checkout', { images: [CHECKOUT, NIGHTLY] })],
    });
    const first = imagesIn((await get(pathOf('checkout'))).body);
    const requestCount = emulator.requests.length;
    const second = imagesIn((await get(pathOf('checkout'))).body);
    expect(emulator.requests).toHaveLength(requestCount);
    expect(second).toEqual(first.map((image) => ({ ...image, fromCache: true })));
    expect(
      counted
        .filter(({ name }) => name === 'describe_image.cache.lookups')
        .map(({ attributes }) => attributes),
    ).toEqual([
      { instance: 'acme', outcome: 'miss' },
      { instance: 'acme', outcome: 'miss' },
      { instance: 'acme', outcome: 'hit' },
      { instance: 'acme', outcome: 'hit' },
    ]);
  });

  it('shares one look-up between twenty concurrent requests', async () => {
    const { get, emulator } = await startPlugin({
      entities: [component('checkout', { images: [CHECKOUT] })],
    });
    const pages = await Promise.all(Array.from({ length: 20 }, () => get(pathOf('checkout'))));
    expect(new Set(pages.map(({ status }) => status))).toEqual(new Set([200]));
    expect(emulator.requests.map(({ operation }) => operation)).toEqual([
      'DescribeImageInstances',
      'DescribeImage',
    ]);
    const { body } = await get(`${pathOf('checkout')}/history?image=${encodeURIComponent(CHECKOUT)}`);
    expect(body.periods.map((period: HistoryPeriod) => period.observations)).toEqual([1, 1]);
  });

  it('returns the place of an invalid item of an annotation, and reports the other images', async () => {
    const { get } = await startPlugin({
      entities: [component('checkout', { images: [`${HOST}/shop/checkout`, CHECKOUT] })],
    });
    const { images, faults } = entityImagesSchema.parse((await get(pathOf('checkout'))).body);
    expect(images).toHaveLength(1);
    expect(faults).toMatchObject([{ place: { line: 1, column: 1 }, text: `${HOST}/shop/checkout` }]);
  });
});

describe('an instance', () => {
  const entities = [component('checkout', { images: [CHECKOUT] })];

  it('assumes a role with its keys', async () => {
    const { get, emulator } = await startPlugin({
      entities,
      config: (endpoint) => ({
        instances: [
          {
            name: 'by-role',
            accessKeyId: 'demo-access-key-id',
            accessKeySecret: 'demo-access-key-secret',
            roleArn: 'acs:ram::1234567890123456:role/auditor',
            externalId: 'demo-external-id',
            stsEndpoint: endpoint,
            endpoint,
          },
        ],
      }),
    });
    const [image] = imagesIn((await get(pathOf('checkout'))).body);
    expect(image).toMatchObject({ instance: 'by-role', drift: 'agree' });
    expect(emulator.requests[0]?.operation).toBe('AssumeRole');
    expect(emulator.requests[1]?.accessKeyId).toMatch(/^STS\./);
  });

  it('uses the keys of the default chain when it has none', async () => {
    vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_ID', 'demo-access-key-id');
    vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_SECRET', 'demo-access-key-secret');
    const { get, emulator } = await startPlugin({
      entities,
      config: (endpoint) => ({ instances: [{ name: 'by-chain', endpoint }] }),
    });
    expect(imagesIn((await get(pathOf('checkout'))).body)[0]).toMatchObject({ drift: 'agree' });
    expect(emulator.requests.map(({ accessKeyId }) => accessKeyId)).toContain('demo-access-key-id');
  });
});

describe('an image that cannot be read', () => {
  it('does not affect the other images', async () => {
    const { get } = await startPlugin({
      entities: [component('checkout', { images: [CHECKOUT, `${HOST}/shop/gone:1.0`] })],
    });
    const [good, gone] = imagesIn((await get(pathOf('checkout'))).body);
    expect(good).not.toHaveProperty('failure');
    expect(gone).toMatchObject({
      state: 'missing',
      liveCheck: { result: 'not-asked' },
      drift: 'unknown',
      risk: { state: 'unknown' },
      failure: { kind: 'not-found', remedy: expect.stringContaining('the site') },
    });
    expect(gone).not.toHaveProperty('pinned');
    const { body } = await get('/overview');
    expect(body.rows[0].image.failure.kind).toBe('not-found');
  });

  it('keeps the observation of the inventory when DescribeImage is not allowed, and reports the missing action and its policy', async () => {
    const { get, counted } = await startPlugin({
      entities: [component('checkout', { images: [CHECKOUT], instance: 'list-only' })],
    });
    const [image] = imagesIn((await get(pathOf('checkout'))).body);
    expect(image).toMatchObject({
      instance: 'list-only',
      state: 'unreadable',
      liveCheck: { result: 'failed' },
      scanned: { digest: demoDigest('checkout 1.4.2') },
      drift: 'unknown',
      failure: {
        kind: 'permission',
        ramAction: 'yundun-sas:DescribeImage',
        policy: { Statement: [{ Effect: 'Allow', Action: ['yundun-sas:DescribeImage'], Resource: '*' }] },
        requestId: expect.any(String),
      },
    });
    expect(image).not.toHaveProperty('live');
    const attributesOf = (metric: string) =>
      counted.filter(({ name }) => name === metric).map(({ attributes }) => attributes);
    expect(attributesOf('describe_image.failures')).toEqual([{ instance: 'list-only', kind: 'permission' }]);
    expect(attributesOf('describe_image.api.requests')).toEqual([
      { instance: 'list-only', action: 'DescribeImageInstances', status: 200 },
      { instance: 'list-only', action: 'DescribeImage', status: 403 },
    ]);
  });

  it.each([
    ['permission', 'denied', { ramAction: 'yundun-sas:DescribeImageInstances' }],
    ['credentials', 'disabled', { apiCode: 'InvalidAccessKeyId.Inactive' }],
  ])('has the failure %s when the key is %s', async (kind, instance, details) => {
    const { get } = await startPlugin({
      entities: [component('checkout', { images: [CHECKOUT], instance })],
    });
    expect(imagesIn((await get(pathOf('checkout'))).body)[0]?.failure).toMatchObject({ kind, ...details });
  });

  it('has the failure ambiguous, with the ids to declare instead', async () => {
    const { get } = await startPlugin({
      entities: [component('checkout', { images: ['shop/checkout:1.4.1'] })],
    });
    expect(imagesIn((await get(pathOf('checkout'))).body)[0]?.failure).toMatchObject({
      kind: 'ambiguous',
      remedy: expect.stringContaining('cn-shanghai/cri-7bn5c8x1l0qs6f2g/crr-e5g1i3k6m8o0q2u4:1.4.1'),
    });
  });

  it('has the failure invalid-reference', async () => {
    const { get, emulator } = await startPlugin({ entities: [component('odd', { images: ['SHOP/api:1'] })] });
    expect(imagesIn((await get(pathOf('odd'))).body)[0]?.failure).toMatchObject({
      kind: 'invalid-reference',
    });
    expect(emulator.requests).toEqual([]);
  });

  it('has the failure unknown-instance', async () => {
    const { get, emulator } = await startPlugin({
      entities: [component('lost', { images: [CHECKOUT], instance: 'elsewhere' })],
    });
    expect(imagesIn((await get(pathOf('lost'))).body)[0]).toMatchObject({
      instance: 'elsewhere',
      failure: { kind: 'unknown-instance', message: expect.stringContaining('"elsewhere"') },
    });
    expect(emulator.requests).toEqual([]);
  });

  it('has the failure throttled, with the time to wait', async () => {
    const { get, emulator } = await startPlugin({
      entities: [component('checkout', { images: [CHECKOUT, NIGHTLY] })],
    });
    emulator.faults.add({ effect: { kind: 'throttle', retryAfterMs: 1 } });
    const { status, body } = await get(pathOf('checkout'));
    expect(status).toBe(200);
    for (const { failure } of imagesIn(body))
      expect(failure).toMatchObject({ kind: 'throttled', apiCode: 'Throttling.User', retryAfterMs: 1 });
  });

  it.each([
    ['unreachable', 'the connection is reset', { kind: 'reset' }, {}],
    [
      'service',
      'the service returns an unknown error',
      { kind: 'error', code: 'InvalidApi.NotFound', status: 404 },
      { apiCode: 'InvalidApi.NotFound' },
    ],
  ] as const)('has the failure %s when %s', async (kind, _, effect, details) => {
    const { get, emulator } = await startPlugin({ entities: [component('base', { images: [NIGHTLY] })] });
    emulator.faults.add({ effect });
    expect(imagesIn((await get(pathOf('base'))).body)[0]?.failure).toMatchObject({ kind, ...details });
  });

  it('keeps the earlier observations with their times', async () => {
    const { get, post, emulator } = await startPlugin({
      entities: [component('checkout', { images: [CHECKOUT] })],
    });
    const [before] = imagesIn((await get(pathOf('checkout'))).body);
    emulator.faults.add({ effect: { kind: 'throttle', retryAfterMs: 1 } });
    const [after] = imagesIn((await post(`${pathOf('checkout')}/refresh`)).body);
    expect(after).toMatchObject({
      live: before?.live,
      scanned: before?.scanned,
      failure: { kind: 'throttled' },
    });
  });

  it('has no live digest and no pinned reference when DescribeImage has no digest for the tag', async () => {
    const { get, emulator } = await startPlugin({
      entities: [component('checkout', { images: [CHECKOUT] })],
    });
    emulator.faults.add({ operation: 'DescribeImage', effect: { kind: 'no-digest' } });
    const [image] = imagesIn((await get(pathOf('checkout'))).body);
    const [stored] = imageOverviewSchema.parse((await get('/overview')).body).rows;
    for (const report of [image, stored?.image]) {
      expect(report).toMatchObject({
        scanned: { digest: demoDigest('checkout 1.4.2') },
        drift: 'unknown',
        risk: { state: 'stale' },
      });
      for (const name of ['failure', 'live', 'pinned']) expect(report).not.toHaveProperty(name);
    }
  });

  it('has no pinned reference and an unknown risk when DescribeImage does not respond', async () => {
    const { get, emulator } = await startPlugin({
      entities: [component('checkout', { images: [CHECKOUT] })],
    });
    emulator.faults.add({ operation: 'DescribeImage', effect: { kind: 'reset' } });
    const [image] = imagesIn((await get(pathOf('checkout'))).body);
    const [stored] = imageOverviewSchema.parse((await get('/overview')).body).rows;
    for (const report of [image, stored?.image]) {
      expect(report).toMatchObject({ risk: { state: 'unknown' }, failure: { kind: 'unreachable' } });
      expect(report).not.toHaveProperty('pinned');
    }
  });
});

describe('POST images/refresh', () => {
  it('requests the service, records the move and reports it', async () => {
    const { get, post, emulator } = await startPlugin({
      entities: [component('base', { images: [NIGHTLY] })],
    });
    await get(pathOf('base'));
    emulator.state.push({ repository: 'platform/base-node', tag: 'nightly' });
    const [image] = imagesIn((await post(`${pathOf('base')}/refresh`)).body);
    expect(image?.fromCache).toBe(false);
    expect(image?.live?.digest).not.toBe(demoDigest('base-node nightly 2'));
    expect(image?.lastMove).toMatchObject({
      from: demoDigest('base-node nightly 2'),
      to: image?.live?.digest,
    });
    const { body: history } = await get(`${pathOf('base')}/history?image=${encodeURIComponent(NIGHTLY)}`);
    expect(history.periods.map((period: HistoryPeriod) => [period.source, period.observations])).toEqual([
      ['DescribeImage', 1],
      ['DescribeImageInstances', 2],
      ['DescribeImage', 1],
    ]);
    expect(imagesIn((await get(pathOf('base'))).body)[0]).toEqual({ ...image, fromCache: true });
  });

  it('responds from the cache within the configured time after a look-up', async () => {
    const { get, post, emulator } = await startPlugin({
      entities: [component('checkout', { images: [CHECKOUT] })],
      config: (endpoint) => ({
        instances: [
          {
            name: 'acme',
            accessKeyId: 'demo-access-key-id',
            accessKeySecret: 'demo-access-key-secret',
            endpoint,
          },
        ],
        cache: { refreshSeconds: 3600 },
      }),
    });
    await get(pathOf('checkout'));
    const [image] = imagesIn((await post(`${pathOf('checkout')}/refresh`)).body);
    expect(image?.fromCache).toBe(true);
    expect(emulator.requests).toHaveLength(2);
  });
});

describe('GET images/history', () => {
  it('returns periods and moves of a declared image, newest first', async () => {
    const { get, post, emulator } = await startPlugin({
      entities: [component('base', { images: [NIGHTLY] })],
    });
    await get(pathOf('base'));
    emulator.state.push({ repository: 'platform/base-node', tag: 'nightly' });
    await post(`${pathOf('base')}/refresh`);
    const { body } = await get(`${pathOf('base')}/history?image=${encodeURIComponent(NIGHTLY)}`);
    const { periods, moves, ...rest } = imageHistorySchema.parse(body);
    expect(rest).toEqual({ entityRef: 'component:default/base', key: NIGHTLY, retentionDays: 180 });
    expect(periods.map(({ source, observations }) => [source, observations])).toEqual([
      ['DescribeImage', 1],
      ['DescribeImageInstances', 2],
      ['DescribeImage', 1],
    ]);
    expect(moves).toMatchObject([{ from: demoDigest('base-node nightly 2'), movedBack: false }]);
  });
});

describe('GET images/tags', () => {
  const tags = async ({ get }: StartedPlugin, query: string, image = CHECKOUT) => {
    const { body } = await get(`${pathOf('checkout')}/tags?image=${encodeURIComponent(image)}${query}`);
    return repositoryTagsSchema.parse(body);
  };
  const entities = [
    component('checkout', { images: [CHECKOUT, `${HOST}/shop/checkout:latest`], ids: [CHECKOUT_IDS] }),
  ];

  it('lists the tags of the repository newest first, and the tags that share a digest', async () => {
    const list = await tags(await startPlugin({ entities }), '');
    expect(list).toMatchObject({
      key: CHECKOUT,
      repository: `${HOST}/shop/checkout`,
      page: 1,
      pageSize: 20,
      matching: 3,
      total: 3,
      incomplete: false,
      requestId: expect.any(String),
    });
    expect(list.tags.map(({ tag, sharedWith }) => [tag, sharedWith])).toEqual([
      ['latest', ['1.4.2']],
      ['1.4.2', ['latest']],
      ['1.4.1', []],
    ]);
    expect(list.tags[1]).toMatchObject({ deployed: true, risk: { state: 'clean' } });
  });

  it('sorts and paginates, and returns the totals', async () => {
    const plugin = await startPlugin({ entities });
    expect((await tags(plugin, '&sort=tag')).tags.map(({ tag }) => tag)).toEqual([
      '1.4.1',
      '1.4.2',
      'latest',
    ]);
    expect((await tags(plugin, '&sort=-risk')).tags[0]).toMatchObject({
      tag: '1.4.1',
      risk: { state: 'risky' },
    });
    expect(await tags(plugin, '&sort=tag&page=2&pageSize=2')).toMatchObject({
      tags: [{ tag: 'latest', sharedWith: ['1.4.2'] }],
      matching: 3,
    });
  });

  it('searches in tags and digests', async () => {
    const plugin = await startPlugin({ entities });
    const digest = demoDigest('checkout 1.4.2');
    expect(await tags(plugin, `&search=${digest.slice(7, 19)}`)).toMatchObject({ matching: 2, total: 3 });
    expect(await tags(plugin, '&search=LATEST')).toMatchObject({ matching: 1, total: 3 });
  });

  it('reads the inventory once for all images of a repository', async () => {
    const plugin = await startPlugin({ entities });
    await Promise.all([
      tags(plugin, ''),
      tags(plugin, '&page=2'),
      tags(plugin, '', `${HOST}/shop/checkout:latest`),
    ]);
    await tags(plugin, '&search=1');
    expect(plugin.emulator.requests.map(({ operation }) => operation)).toEqual(['DescribeImageInstances']);
  });

  it('lists the same tags for an image declared by ids', async () => {
    expect(await tags(await startPlugin({ entities }), '', CHECKOUT_IDS)).toMatchObject({ total: 3 });
  });

  it.each([
    ['throttled', 429, { kind: 'throttle', retryAfterMs: 1 }],
    ['permission', 502, { kind: 'error', code: 'NoPermission', status: 403 }],
  ] as const)('fails with the failure %s in the response', async (kind, status, effect) => {
    const { get, emulator } = await startPlugin({ entities });
    emulator.faults.add({ effect });
    const answer = await get(`${pathOf('checkout')}/tags?image=${encodeURIComponent(CHECKOUT)}`);
    expect(answer.status).toBe(status);
    expect(answer.body.error.failure).toMatchObject({ kind });
  });
});

describe('GET overview', () => {
  const entities = [
    component('checkout', { images: [CHECKOUT], spec: { owner: 'team-a', system: 'shop' } }),
    component('base', { images: [NIGHTLY], spec: { owner: 'team-b' } }),
    component('storefront', {
      images: [`${HOST}/shop/storefront:2.9.0`],
      spec: { owner: 'team-a', system: 'shop' },
    }),
    component('payments', { images: [`${HOST}/shop/payments:0.9.0`, 'not a reference'] }),
    component('gone', { images: [`${HOST}/shop/gone:1.0`] }),
    component('without-images', {}),
    group('team-b', 'A Team'),
    component('secret', { images: [CHECKOUT], annotations: { [READABLE_BY]: 'user:default/alice' } }),
  ];
  const overview = async ({ get }: StartedPlugin, query = '', user?: string) =>
    imageOverviewSchema.parse((await get(`/overview${query}`, user)).body);
  const lookedUp = async () => {
    const plugin = await startPlugin({ entities });
    for (const name of ['checkout', 'base', 'storefront', 'payments', 'gone']) await plugin.get(pathOf(name));
    return plugin;
  };

  it('sorts by state, worst first, and counts each image once, without a request to the service', async () => {
    const plugin = await lookedUp();
    const requestCount = plugin.emulator.requests.length;
    const { rows, counts, matching, total, faults, ...lists } = await overview(plugin);
    expect(rows.map(({ title, image }) => [title, image.state])).toEqual([
      ['base', 'drift'],
      ['storefront', 'risky'],
      ['gone', 'missing'],
      ['payments', 'not-scanned'],
      ['checkout', 'clean'],
    ]);
    expect(rows.map(({ image }) => image.fromCache)).toContain(true);
    const none = Object.fromEntries(IMAGE_STATES.map((state) => [state, 0]));
    expect({ counts, matching, total }).toEqual({
      counts: { ...none, drift: 1, risky: 1, missing: 1, 'not-scanned': 1, clean: 1 },
      matching: 5,
      total: 5,
    });
    expect(lists).toMatchObject({
      owners: [
        { ref: 'group:default/team-b', displayName: 'A Team' },
        { ref: 'group:default/team-a', displayName: 'team-a' },
        { ref: 'group:default/team-shop', displayName: 'team-shop' },
      ],
      systems: [{ ref: 'system:default/shop', displayName: 'shop' }],
      repositories: [
        'platform/base-node',
        'shop/checkout',
        'shop/gone',
        'shop/payments',
        'shop/storefront',
      ].map((repository) => `${HOST}/${repository}`),
      faultCount: 1,
    });
    expect(faults).toMatchObject([
      {
        entityRef: 'component:default/payments',
        title: 'payments',
        ownerRef: 'group:default/team-shop',
        text: 'not a reference',
      },
    ]);
    expect(plugin.emulator.requests).toHaveLength(requestCount);
  });

  it('filters by owner, system, state, repository and text', async () => {
    const plugin = await lookedUp();
    const titles = async (query: string) => (await overview(plugin, query)).rows.map(({ title }) => title);
    expect(await titles('?owner=group:default/team-b')).toEqual(['base']);
    expect(await titles('?system=system:default/shop')).toEqual(['storefront', 'checkout']);
    expect(await titles('?state=missing')).toEqual(['gone']);
    expect(await titles(`?repository=${HOST}/shop/payments`)).toEqual(['payments']);
    expect(await titles('?search=NIGHTLY')).toEqual(['base']);
    expect(await titles(`?search=${demoDigest('checkout 1.4.2').slice(7, 20)}`)).toEqual(['checkout']);
    expect(await titles('?search=%25')).toEqual([]);
    expect(await titles('?owner=group:default/team-a&state=clean')).toEqual(['checkout']);
    expect(await titles('?owner=&system=&state=&repository=&search=')).toHaveLength(5);
  });

  it('keeps the counts of the other states when it filters by one', async () => {
    const plugin = await lookedUp();
    const { counts, matching, total } = await overview(plugin, '?owner=group:default/team-a&state=clean');
    expect({ risky: counts.risky, clean: counts.clean, drift: counts.drift, matching, total }).toEqual({
      risky: 1,
      clean: 1,
      drift: 0,
      matching: 1,
      total: 5,
    });
  });

  it.each([
    ['owner=group:default/team-shop', 1],
    ['owner=group:default/team-a', 0],
    ['system=system:default/shop', 0],
    ['search=payments', 1],
    ['search=NOT A ref', 1],
    ['search=checkout', 0],
    ['state=clean', 0],
    [`repository=${HOST}/shop/payments`, 0],
  ])('returns with the filter %s %i faults', async (query, count) => {
    const { faults, faultCount } = await overview(await startPlugin({ entities }), `?${query}`);
    expect([faults.length, faultCount]).toEqual([count, count]);
  });

  it('rejects an unknown state and names the states', async () => {
    const { get } = await startPlugin({ entities });
    const { status, body } = await get('/overview?state=green');
    expect(status).toBe(400);
    expect(body.error.message).toContain('state: expected one of drift, risky');
  });

  it('returns pages in the order of the states', async () => {
    const plugin = await lookedUp();
    const pages = [1, 2, 3, 4].map((page) => overview(plugin, `?pageSize=2&page=${page}`));
    const titles = (await Promise.all(pages)).map(({ rows }) => rows.map(({ title }) => title));
    expect(titles).toEqual([['base', 'storefront'], ['gone', 'payments'], ['checkout'], []]);
  });

  it('has a new state as soon as an image was looked up again', async () => {
    const plugin = await lookedUp();
    plugin.emulator.faults.add({ effect: { kind: 'reset' } });
    await plugin.post(`${pathOf('checkout')}/refresh`);
    plugin.emulator.faults.clear();
    expect((await overview(plugin, '?state=unreadable')).rows).toMatchObject([{ title: 'checkout' }]);
    await plugin.post(`${pathOf('checkout')}/refresh`);
    expect((await overview(plugin, '?state=clean')).rows).toMatchObject([{ title: 'checkout' }]);
  });

  it('does not count an image as clean when its live check is too old', async () => {
    const plugin = await lookedUp();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 7 * 3_600_000 });
    onTestFinished(() => void vi.useRealTimers());
    const { counts, rows } = await overview(plugin, '?state=not-verified');
    expect(counts).toMatchObject({ clean: 0, 'not-verified': 1 });
    expect(rows).toMatchObject([{ title: 'checkout', image: { state: 'not-verified' } }]);
  });

  it('contains images that were never looked up, without risk and failure', async () => {
    const { rows } = await overview(
      await startPlugin({ entities: [component('checkout', { images: [CHECKOUT] })] }),
    );
    expect(rows).toMatchObject([{ image: { key: CHECKOUT, drift: 'unknown', fromCache: false } }]);
    expect(rows[0]?.image).not.toHaveProperty('risk');
    expect(rows[0]?.image).not.toHaveProperty('failure');
    expect(rows[0]?.image.state).toBe('not-verified');
  });

  it('contains only entities that the caller may read', async () => {
    const plugin = await startPlugin({ entities });
    const refs = async (user: string) =>
      (await overview(plugin, '', user)).rows.map(({ entityRef }) => entityRef);
    expect(await refs('user:default/alice')).toContain('component:default/secret');
    expect(await refs('user:default/bob')).not.toContain('component:default/secret');
    expect((await overview(plugin, '?search=secret', 'user:default/bob')).faults).toEqual([]);
  });

  it('counts, lists and names only what the caller may read', async () => {
    const plugin = await startPlugin({
      entities: [
        component('open', { images: [CHECKOUT], spec: { owner: 'team-b' } }),
        component('secret', {
          images: [NIGHTLY, 'not a reference'],
          annotations: { [READABLE_BY]: 'user:default/alice' },
          spec: { owner: 'team-c', system: 'hidden' },
        }),
        group('team-b', 'A Team', { [READABLE_BY]: 'user:default/alice' }),
      ],
    });
    await plugin.get(pathOf('secret'), 'user:default/alice');
    expect(await overview(plugin, '', 'user:default/bob')).toMatchObject({
      total: 1,
      matching: 1,
      owners: [{ ref: 'group:default/team-b', displayName: 'team-b' }],
      systems: [],
      repositories: [`${HOST}/shop/checkout`],
      faultCount: 0,
    });
    expect(await overview(plugin, '', 'user:default/alice')).toMatchObject({
      total: 2,
      owners: [{ displayName: 'A Team' }, { displayName: 'team-c' }],
      systems: [{ displayName: 'hidden' }],
      faultCount: 1,
    });
  });
});

describe('GET overview.csv', () => {
  it('returns all matching rows, and no value that a spreadsheet would run', async () => {
    const { get } = await startPlugin({
      entities: [
        component('checkout', { images: [`@cmd|1 = ${CHECKOUT}`] }),
        component('formula', { images: [`+1 = ${NIGHTLY}`, 'not a reference'] }),
        component('other', { images: [`"quoted; text" = ${HOST}/shop/gone:1.0`] }),
      ],
    });
    for (const name of ['checkout', 'formula', 'other']) await get(pathOf(name));
    const { status, headers, text } = await get('/overview.csv');
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(headers['content-disposition']).toBe('attachment; filename="images.csv"');
    expect(text.startsWith('\uFEFFstate,entity,title,owner,')).toBe(true);
    const lines = text.trimEnd().split('\r\n');
    expect(lines.slice(1).map((line) => line.split(',').slice(0, 2))).toEqual([
      ['drift', 'component:default/formula'],
      ['missing', 'component:default/other'],
      ['clean', 'component:default/checkout'],
    ]);
    expect(lines[1]).toContain(",'+1,");
    expect(lines[2]).toContain(',"""quoted; text""",');
    expect(lines[3]).toContain(",'@cmd|1,");
    const { text: filtered } = await get('/overview.csv?state=clean');
    expect(filtered.trimEnd().split('\r\n')).toHaveLength(2);
  });

  it('has only the header when no image matches', async () => {
    const { get } = await startPlugin({ entities: [] });
    const { text } = await get('/overview.csv');
    expect(text.trimEnd().split('\r\n')).toHaveLength(1);
  });
});
