import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { entityImagesSchema } from '@describe-image/backstage-plugin-describe-image-common';
import { demoCredentials } from '@describe-image/emulator';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CHECKOUT, component, demoDigest, HOST, pathOf } from './entities.ts';
import { startPlugin } from './start-plugin.ts';

const imagesIn = (body: unknown) => entityImagesSchema.parse(body).images;
const MANY = Array.from({ length: 40 }, (_, n) => `${HOST}/shop/service-${n}:1`);

/** A server that accepts connections and never responds. */
async function startBlackHole() {
  const sockets = new Set<Socket>();
  /** Requests that ended, for example by a time limit of the client. */
  const ended = { count: 0 };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket
      .on('error', () => {})
      .on('close', () => {
        sockets.delete(socket);
        ended.count++;
      });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { ended, server, url: `http://127.0.0.1:${port}` };
}

/** Starts a back end with the account `healthy` on the emulator, and `stalled` on a server that never responds. */
async function start(config: object) {
  const { ended, server, url: blackHole } = await startBlackHole();
  const plugin = await startPlugin({
    entities: [
      component('stalled', { images: MANY, instance: 'stalled' }),
      component('healthy', { images: [CHECKOUT], instance: 'healthy' }),
    ],
    config: (url) => ({
      instances: [
        { name: 'healthy', ...demoCredentials, endpoint: url },
        { name: 'stalled', ...demoCredentials, endpoint: blackHole },
      ],
      ...config,
    }),
  });
  return { ...plugin, ended, server };
}

describe('an account that does not respond', () => {
  it('does not delay the page of another account', async () => {
    const { ended, get, server } = await start({ pages: { deadlineSeconds: 86_400 } });
    const connected = once(server, 'connection');
    const stalled = get(pathOf('stalled'));
    stalled.end(() => {});
    await connected;
    const { body } = await get(pathOf('healthy'));
    expect(imagesIn(body)).toMatchObject([{ live: { digest: demoDigest('checkout 1.4.2') } }]);
    // No request of the other account had to end first.
    expect(ended.count).toBe(0);
    stalled.abort();
  });

  it('does not delay the refresh of another account', async () => {
    const { ended, get, refresh } = await start({});
    // The end of the back end aborts it.
    refresh().catch(() => {});
    const healthy = async () => {
      const { body } = await get('/overview');
      return body.rows.filter(({ image }: { image: { scanned?: object } }) => image.scanned !== undefined);
    };
    await expect.poll(healthy, { timeout: 15_000, interval: 50 }).toHaveLength(1);
    expect(ended.count).toBe(0);
  });

  it('is named by the failures of its page, which is returned at the deadline', async () => {
    const { counted, get } = await start({ pages: { deadlineSeconds: 0.01 } });
    const { status, body } = await get(pathOf('stalled'));
    expect(status).toBe(200);
    expect(imagesIn(body)).toHaveLength(40);
    for (const image of imagesIn(body))
      expect(image).toMatchObject({
        state: 'unreadable',
        failure: {
          kind: 'deadline',
          message: 'the account "stalled" did not respond within 0.01 s',
        },
      });
    expect(counted).toContainEqual({
      name: 'describe_image.failures',
      value: 1,
      attributes: { instance: 'stalled', kind: 'deadline' },
    });
  });
});

it('ends the list of tags at the deadline, with a failure that names the account', async () => {
  const { get } = await start({ pages: { deadlineSeconds: 0.01 } });
  const { status, body } = await get(`${pathOf('stalled')}/tags?image=${encodeURIComponent(MANY[0] ?? '')}`);
  expect(status).toBe(504);
  expect(body.error).toMatchObject({
    name: 'ServiceFailure',
    failure: { kind: 'deadline', message: 'the account "stalled" did not respond within 0.01 s' },
  });
});

it('returns the last known state at the deadline', async () => {
  const { checkLive, emulator, get, refresh } = await startPlugin({
    entities: [component('checkout', { images: [CHECKOUT] })],
    config: (url) => ({
      instances: [{ name: 'acme', ...demoCredentials, endpoint: url }],
      pages: { deadlineSeconds: 0.01 },
    }),
  });
  await refresh();
  await checkLive();
  emulator.faults.add({ operation: 'DescribeImage', effect: { kind: 'hang' } });
  const [image] = imagesIn((await get(pathOf('checkout'))).body);
  expect(image).toMatchObject({
    live: { digest: demoDigest('checkout 1.4.2') },
    failure: { kind: 'deadline' },
    fromCache: true,
  });
});
