import { isNativeError } from 'node:util/types';
import { describe, expect, test } from 'vitest';
import { PermissionError } from '../src/errors/errors.ts';
import { describeImageOperation, rawOperation } from '../src/operations/index.ts';
import { HEX, sendDigest, sendError, sendJson, startServer } from './scripted-server.ts';
import { failure, gate, ids, testClient, testRuntime } from './test-client.ts';

/** A server that holds every answer back until it is let go. */
async function heldServer() {
  const arrived = gate();
  const release = gate();
  const cut = gate();
  const server = await startServer(async (request, response) => {
    request.socket.once('close', () => cut.open());
    arrived.open();
    await release.opened;
    sendDigest(response);
  });
  return { server, arrived: arrived.opened, release: release.open, cut: cut.opened };
}

describe('equal reads at the same time', () => {
  test('a hundred cost one request', async () => {
    const { server, release } = await heldServer();
    const client = testClient(server.url);
    const calls = Array.from({ length: 100 }, () => client.describeImage(ids()));
    release();
    const images = await Promise.all(calls);
    expect(new Set(images.map(({ requestId }) => requestId)).size).toBe(1);
    expect(server.received).toHaveLength(1);
  });

  test('those that wait for a turn cost one request as well', async () => {
    const server = await startServer((_, response) => sendDigest(response));
    const client = testClient(server.url, { concurrency: 2 });
    await Promise.all(Array.from({ length: 200 }, (_, index) => client.describeImage(ids(index % 4))));
    expect(server.received).toHaveLength(4);
  });

  test('one after the other they are requests of their own: nothing is cached', async () => {
    const server = await startServer((_, response, index) => sendDigest(response, `R${index}`));
    const client = testClient(server.url);
    expect((await client.describeImage(ids())).requestId).toBe('R0');
    expect((await client.describeImage(ids())).requestId).toBe('R1');
  });

  test.each([
    ['another tag', () => ids(1), {}],
    ['other limits', () => ids(), { maxRetries: 0 }],
  ])('%s is another read', async (_what, input, limits) => {
    const { server, release } = await heldServer();
    const client = testClient(server.url);
    const calls = [client.describeImage(ids()), client.describeImage(input(), limits)];
    release();
    await Promise.all(calls);
    expect(server.received).toHaveLength(2);
  });

  test('another operation with the same parameters is another read', async () => {
    const server = await startServer((_, response) => sendJson(response, 200, {}));
    const client = testClient(server.url);
    await Promise.all([client.call(rawOperation('GetA'), {}), client.call(rawOperation('GetB'), {})]);
    expect(server.received).toHaveLength(2);
  });

  test('writes are never shared', async () => {
    const server = await startServer((_, response) => sendJson(response, 200, {}));
    const client = testClient(server.url);
    const write = rawOperation('PublicCreateImageScanTask');
    await Promise.all([client.call(write, {}), client.call(write, {})]);
    expect(server.received).toHaveLength(2);
  });

  test('sharing can be turned off', async () => {
    const server = await startServer((_, response) => sendDigest(response));
    const client = testClient(server.url, { shareEqualReads: false });
    await Promise.all([client.describeImage(ids()), client.describeImage(ids())]);
    expect(server.received).toHaveLength(2);
  });

  test.each([
    ['that started it', 0],
    ['that joined', 2],
  ])('a caller %s leaves alone', async (_what, leaver) => {
    const { server, arrived, release } = await heldServer();
    const client = testClient(server.url);
    const controllers = Array.from({ length: 4 }, () => new AbortController());
    const calls = controllers.map(({ signal }) => client.describeImage(ids(), { signal }));
    const left = failure(calls[leaver] ?? Promise.resolve());
    await arrived;
    controllers[leaver]?.abort('enough');
    expect(await left).toMatchObject({ code: 'Abort', cause: 'enough' });
    release();
    const others = calls.filter((_, index) => index !== leaver);
    expect(await Promise.all(others)).toHaveLength(3);
    expect(server.received).toHaveLength(1);
  });

  test('when all have left the request is cut, and the next call starts anew', async () => {
    const { server, arrived, release, cut } = await heldServer();
    const client = testClient(server.url);
    const controller = new AbortController();
    const { signal } = controller;
    const calls = [1, 2].map(() => failure(client.describeImage(ids(), { signal })));
    await arrived;
    controller.abort();
    for (const error of await Promise.all(calls)) expect(error.code).toBe('Abort');
    const next = client.describeImage(ids());
    await cut;
    release();
    expect((await next).requestId).toBe('R');
    expect(server.received).toHaveLength(2);
  });

  test('a caller without a signal keeps the request alive', async () => {
    const { server, arrived, release } = await heldServer();
    const client = testClient(server.url);
    const controller = new AbortController();
    const aborted = failure(client.describeImage(ids(), { signal: controller.signal }));
    const patient = client.describeImage(ids());
    await arrived;
    controller.abort();
    await aborted;
    release();
    expect((await patient).requestId).toBe('R');
  });

  test('a failure is everyone’s, and the next call tries again', async () => {
    const server = await startServer((_, response, index) =>
      index === 0 ? sendError(response, 403, 'NoPermission') : sendDigest(response),
    );
    const client = testClient(server.url);
    const errors = await Promise.all([1, 2, 3].map(() => failure(client.describeImage(ids()))));
    expect(errors.map(({ code }) => code)).toEqual(['Permission', 'Permission', 'Permission']);
    expect(server.received).toHaveLength(1);
    expect((await client.describeImage(ids())).requestId).toBe('R');
  });

  test('two clients share nothing', async () => {
    const { server, release } = await heldServer();
    const calls = [1, 2].map(() => testClient(server.url).call(describeImageOperation, ids()));
    release();
    await Promise.all(calls);
    expect(server.received).toHaveLength(2);
  });

  test('another operation object with the same action reads its own output', async () => {
    const server = await startServer((_, response) => sendDigest(response));
    const client = testClient(server.url);
    const wire = {
      ImageRegionId: 'cn-hangzhou',
      ImageInstanceId: 'cri-1',
      ImageRepoId: 'crr-1',
      ImageTag: 't0',
    };
    const [raw, image] = await Promise.all([
      client.call(rawOperation('DescribeImage'), wire),
      client.describeImage(ids()),
    ]);
    expect(raw.output).toMatchObject({ Data: { Digest: HEX } });
    expect(image.digest).toBe(`sha256:${HEX}`);
    expect(server.received).toHaveLength(2);
  });

  test('each caller gets its own answer, and its own error', async () => {
    const server = await startServer((_, response, index) =>
      index === 0 ? sendJson(response, 200, { List: [1] }) : sendError(response, 403, 'NoPermission'),
    );
    const client = testClient(server.url);
    const operation = rawOperation('GetX');
    const [a, b] = await Promise.all([client.call(operation, {}), client.call(operation, {})]);
    expect(a.output).toEqual(b.output);
    expect(a.output).not.toBe(b.output);
    expect(a.observedAt).not.toBe(b.observedAt);
    const [c, d] = await Promise.all([
      failure(client.call(operation, {})),
      failure(client.call(operation, {})),
    ]);
    expect(c).not.toBe(d);
    expect(isNativeError(d)).toBe(true);
    for (const error of [c, d])
      expect(error).toMatchObject({
        code: 'Permission',
        name: 'PermissionError',
        attempts: 1,
        apiCode: 'NoPermission',
      });
    expect([d instanceof PermissionError, d.message, typeof d.stack]).toEqual([true, c.message, 'string']);
    expect(server.received).toHaveLength(2);
  });

  test('a read that was sent before is not joined: its answer may be older than the call', async () => {
    const { server, arrived, release } = await heldServer();
    const client = testClient(server.url);
    const first = client.describeImage(ids());
    await arrived;
    const second = client.describeImage(ids());
    release();
    await Promise.all([first, second]);
    expect(server.received).toHaveLength(2);
  });

  test('a late caller keeps its own total, and an early one does not wait for it', async () => {
    const server = await startServer(() => {});
    let now = 0;
    const client = testClient(
      server.url,
      { concurrency: 1, totalTimeoutMs: 200, attemptTimeoutMs: 10_000 },
      testRuntime({ now: () => now }),
    );
    const held = failure(client.describeImage(ids(9), { totalTimeoutMs: 100_000 }));
    const early = failure(client.describeImage(ids()));
    now = 100;
    const late = failure(client.describeImage(ids()));
    let lateIsOver = false;
    late.then(() => {
      lateIsOver = true;
    });
    expect(await early).toMatchObject({ code: 'Timeout', message: 'no free slot within 200 ms' });
    expect(lateIsOver).toBe(false);
    expect(await late).toMatchObject({ code: 'Timeout', message: 'no free slot within 200 ms' });
    client.close();
    await held;
  });
});
