import kubernetesPlugin from '@backstage/plugin-kubernetes-backend';
import {
  entityImagesSchema,
  type ImageReport,
  imageOverviewSchema,
} from '@describe-image/backstage-plugin-describe-image-common';
import { describe, expect, it } from 'vitest';
import { withRunning } from '../src/running/match-running.ts';
import { parsePods } from '../src/running/running-containers.ts';
import { CHECKOUT, component, demoDigest, HOST, pathOf } from './entities.ts';
import { type KubernetesApi, pod, startKubernetesApi } from './kubernetes-api.ts';
import { type StartOptions, startPlugin } from './start-plugin.ts';

const REPOSITORY = `${HOST}/shop/checkout`;
const LIVE = demoDigest('checkout 1.4.2');
const OTHER = `sha256:${'b'.repeat(64)}`;
const NOW = Date.UTC(2026, 10, 24);
const SINCE = '2026-11-20T08:00:00.000Z';

const podsOf = (...pods: object[]) => ({
  items: [
    { cluster: { name: 'prod' }, resources: [{ type: 'customresources', resources: pods }], errors: [] },
  ],
});

describe('parsePods', () => {
  it.each([
    ['dockershim', `docker-pullable://${REPOSITORY}@${LIVE}`, LIVE],
    ['containerd', `${REPOSITORY}@${LIVE}`, LIVE],
    ['a host inside the VPC', `${REPOSITORY.replace('.', '-vpc.')}@${LIVE}`, LIVE],
    ['a local image of Docker', `docker://${LIVE}`, undefined],
    ['a local image of containerd', LIVE, undefined],
    ['a container without an image id', '', undefined],
    ['an unknown format', `${REPOSITORY}@sha512:abc`, undefined],
  ])('reads the digest of %s', (_, imageID, digest) => {
    const { containers } = parsePods(
      podsOf(pod('checkout-1', 'checkout', { image: CHECKOUT, imageID, startedAt: SINCE })),
      NOW,
    );
    expect(containers).toMatchObject([
      { cluster: 'prod', namespace: 'shop', pod: 'checkout-1', container: 'main', since: SINCE },
    ]);
    expect(containers[0]?.digest).toBe(digest);
  });

  it('omits containers that do not run', () => {
    const { containers, fault } = parsePods(
      podsOf(pod('checkout-1', 'checkout', { image: CHECKOUT, imageID: '' })),
      NOW,
    );
    expect([containers, fault]).toEqual([[], undefined]);
  });

  it('reports clusters without a list of pods', () => {
    const response = {
      items: [...podsOf().items, { cluster: { name: 'dr' }, resources: [], errors: [{}] }],
    };
    expect(parsePods(response, NOW).fault).toBe('the pods of dr could not be read');
  });

  it('rejects another format', () => {
    expect(() => parsePods({ error: 'no' }, NOW)).toThrow('items');
  });
});

describe('withRunning', () => {
  const report = (fields: Partial<ImageReport> = {}): ImageReport => ({
    id: 'id',
    key: CHECKOUT,
    instance: 'acme',
    repository: REPOSITORY,
    tag: '1.4.2',
    state: 'not-verified',
    drift: 'unknown',
    fromCache: true,
    ...fields,
  });
  const live = {
    digest: LIVE,
    source: 'DescribeImage' as const,
    observedAt: new Date(NOW).toISOString(),
  };
  const runs = (digest: string | undefined, image = CHECKOUT) =>
    pod('checkout-1', 'checkout', {
      image,
      imageID: digest === undefined ? OTHER : `${REPOSITORY}@${digest}`,
      startedAt: SINCE,
    });
  const only = (response: unknown, fields: Partial<ImageReport> = {}) => {
    const reports = [report(fields)];
    const [image] = withRunning(reports, parsePods(response, NOW), reports, NOW);
    return image;
  };
  const unread = { items: [{ cluster: { name: 'prod' }, resources: [] }] };

  it.each<[string, string, unknown, Partial<ImageReport>]>([
    ['agree', 'the live digest runs', podsOf(runs(LIVE)), { live }],
    ['agree', 'the declared digest runs', podsOf(runs(LIVE)), { declared: LIVE }],
    ['drift', 'another digest than the live one runs', podsOf(runs(OTHER)), { live }],
    ['drift', 'another digest than the declared one runs', podsOf(runs(OTHER)), { declared: LIVE }],
    ['drift', 'a rollout runs two digests', podsOf(runs(LIVE), runs(OTHER)), { live }],
    ['drift', 'another tag of the repository runs', podsOf(runs(OTHER, `${REPOSITORY}:1.4.1`)), { live }],
    ['unknown', 'the digest that runs is unknown', podsOf(runs(undefined)), { live, drift: 'agree' }],
    ['unknown', 'the cluster could not be read', unread, { live, drift: 'agree' }],
    ['unknown', 'only the running digest is known', podsOf(runs(LIVE)), {}],
    ['agree', 'nothing runs and the other sources agree', podsOf(), { live, drift: 'agree' }],
    ['drift', 'the other sources differ', podsOf(runs(LIVE)), { live, drift: 'drift' }],
  ])('reports %s when %s', (drift, _, response, fields) => {
    const image = only(response, fields);
    expect(image?.drift).toBe(drift);
    if (drift === 'drift') expect(image?.state).toBe('drift');
    else expect(image?.state).toBe('not-verified');
  });

  it('adds up containers by digest, with the first start', () => {
    const later = pod('checkout-2', 'checkout', {
      image: CHECKOUT,
      imageID: `docker-pullable://${REPOSITORY}@${LIVE}`,
      startedAt: '2026-11-21T08:00:00Z',
    });
    expect(only(podsOf(later, runs(LIVE), runs(OTHER)))?.running).toEqual({
      state: 'running',
      observedAt: new Date(NOW).toISOString(),
      digests: [
        {
          digest: LIVE,
          since: SINCE,
          containers: 2,
          places: [
            {
              cluster: 'prod',
              namespace: 'shop',
              pod: 'checkout-2',
              container: 'main',
              since: '2026-11-21T08:00:00.000Z',
            },
            { cluster: 'prod', namespace: 'shop', pod: 'checkout-1', container: 'main', since: SINCE },
          ],
        },
        expect.objectContaining({ digest: OTHER, containers: 1 }),
      ],
    });
  });

  it('assigns containers by repository and tag', () => {
    const stable = report();
    const canary = report({ key: `${REPOSITORY}:canary`, tag: 'canary' });
    const worker = report({ key: `${HOST}/shop/worker:1`, repository: `${HOST}/shop/worker`, tag: '1' });
    const running = parsePods(
      podsOf(
        runs(LIVE, `${HOST.replace('.', '-vpc.')}/shop/checkout:1.4.2`),
        runs(OTHER, `${REPOSITORY}:canary`),
        pod('sidecar', 'checkout', { image: 'envoy:1', imageID: `envoy@${OTHER}`, startedAt: SINCE }),
      ),
      NOW,
    );
    const all = [stable, canary, worker];
    const digestsOf = (images: readonly ImageReport[]) =>
      images.map(({ running: found }) => found?.digests.map(({ digest }) => digest));
    expect(digestsOf(withRunning(all, running, all, NOW))).toEqual([[LIVE], [OTHER], []]);
    // Also when only one of the images is reported.
    expect(digestsOf(withRunning([stable], running, all, NOW))).toEqual([[LIVE]]);
  });

  it('assigns a container that is pinned by digest only', () => {
    const image = only(
      podsOf(
        pod('checkout-1', 'checkout', {
          image: `${REPOSITORY}@${LIVE}`,
          statusImage: LIVE,
          imageID: `${REPOSITORY}@${LIVE}`,
          startedAt: SINCE,
        }),
      ),
      { live },
    );
    expect(image?.drift).toBe('agree');
  });
});

describe('running digests', () => {
  const entity = (images = [CHECKOUT]) =>
    component('checkout', { images, annotations: { 'backstage.io/kubernetes-id': 'checkout' } });
  const running = (digest: string) =>
    pod('checkout-7d9f8c6b5-x2x4z', 'checkout', {
      image: CHECKOUT,
      imageID: `${REPOSITORY}@${digest}`,
      startedAt: SINCE,
    });
  const start = (api: KubernetesApi, options: StartOptions = {}) =>
    startPlugin({
      entities: [entity()],
      modules: [kubernetesPlugin],
      rootConfig: {
        kubernetes: {
          serviceLocatorMethod: { type: 'multiTenant' },
          clusterLocatorMethods: [
            {
              type: 'config',
              clusters: [
                {
                  name: 'prod',
                  url: api.url,
                  authProvider: 'serviceAccount',
                  serviceAccountToken: 'the-token',
                  skipMetricsLookup: true,
                },
              ],
            },
          ],
        },
      },
      config: (endpoint) => ({
        instances: [
          {
            name: 'acme',
            accessKeyId: 'demo-access-key-id',
            accessKeySecret: 'demo-access-key-secret',
            endpoint,
          },
        ],
        cache: { refreshSeconds: 0 },
        kubernetes: { enabled: true },
      }),
      ...options,
    });
  const imageOf = async ({ get }: Awaited<ReturnType<typeof start>>) =>
    entityImagesSchema.parse((await get(pathOf('checkout'))).body).images[0];
  const rowOf = async ({ get }: Awaited<ReturnType<typeof start>>) =>
    imageOverviewSchema.parse((await get('/overview')).body);

  it('come from the Kubernetes plugin: what runs, where and since when', async () => {
    const api = await startKubernetesApi([running(LIVE)]);
    const plugin = await start(api);
    expect(await imageOf(plugin)).toMatchObject({
      drift: 'agree',
      state: 'clean',
      running: {
        state: 'running',
        digests: [
          {
            digest: LIVE,
            containers: 1,
            since: SINCE,
            places: [
              { cluster: 'prod', namespace: 'shop', pod: 'checkout-7d9f8c6b5-x2x4z', container: 'main' },
            ],
          },
        ],
      },
    });
    expect(api.requests).toEqual([
      '/api/v1/pods?labelSelector=backstage.io%2Fkubernetes-id%3Dcheckout Bearer the-token',
    ]);
    expect(plugin.logged.join('\n')).not.toContain('the-token');
  });

  it('make drift on card and overview alike when they differ from the live digest', async () => {
    const api = await startKubernetesApi([running(OTHER)]);
    const plugin = await start(api);
    expect(await imageOf(plugin)).toMatchObject({ drift: 'drift', state: 'drift' });
    const { rows, counts } = await rowOf(plugin);
    expect(counts.drift).toBe(1);
    expect(rows[0]?.image).toMatchObject({ drift: 'drift', running: { digests: [{ digest: OTHER }] } });
    const { rows: found } = imageOverviewSchema.parse(
      (await plugin.get(`/overview?search=${OTHER.slice(0, 30)}`)).body,
    );
    expect(found).toHaveLength(1);
  });

  it('are read again when the user refreshes, and by the task', async () => {
    const api = await startKubernetesApi([running(OTHER)]);
    const plugin = await start(api);
    expect((await imageOf(plugin))?.drift).toBe('drift');
    api.pods = [running(LIVE)];
    expect((await imageOf(plugin))?.drift).toBe('drift');
    await plugin.post(`${pathOf('checkout')}/refresh`);
    expect((await imageOf(plugin))?.drift).toBe('agree');
    api.pods = [running(OTHER)];
    await plugin.refresh();
    expect((await rowOf(plugin)).counts.drift).toBe(1);
    expect(plugin.counted).toContainEqual({
      name: 'describe_image.images',
      value: 1,
      attributes: { instance: 'acme', state: 'drift' },
    });
  });

  it.each([403, 500])('are unknown, not in agreement, when the cluster answers %i', async (status) => {
    const api = await startKubernetesApi([running(LIVE)]);
    api.status = status;
    expect(await imageOf(await start(api))).toMatchObject({
      drift: 'unknown',
      running: { state: 'unknown', reason: 'the pods of prod could not be read', digests: [] },
    });
  });

  it('are unknown without the Kubernetes plugin', async () => {
    const api = await startKubernetesApi();
    const plugin = await start(api, { modules: [] });
    expect(await imageOf(plugin)).toMatchObject({ drift: 'unknown', running: { state: 'unknown' } });
    expect(plugin.logged.join('\n')).toContain('reading what component:default/checkout runs');
  });

  it('show no places to a caller without the permission of the Kubernetes plugin', async () => {
    const api = await startKubernetesApi([running(OTHER)]);
    const image = await imageOf(await start(api, { deniedPermissions: ['kubernetes.resources.read'] }));
    expect(image).toMatchObject({ running: { digests: [{ digest: OTHER, containers: 1 }] } });
    expect(JSON.stringify(image)).not.toContain('7d9f8c6b5');
  });

  it('are not read for entities without annotations of the Kubernetes plugin', async () => {
    const api = await startKubernetesApi([running(OTHER)]);
    const image = await imageOf(
      await start(api, { entities: [component('checkout', { images: [CHECKOUT] })] }),
    );
    expect(image?.state).toBe('clean');
    expect(image).not.toHaveProperty('running');
    expect(api.requests).toEqual([]);
  });

  it('are off by default', async () => {
    const api = await startKubernetesApi([running(OTHER)]);
    const plugin = await start(api, { config: undefined as never });
    expect(await imageOf(plugin)).not.toHaveProperty('running');
    await plugin.refresh();
    expect(api.requests).toEqual([]);
  });
});
