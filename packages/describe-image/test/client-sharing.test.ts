import { isNativeError } from 'node:util/types';
import { describe, expect, it } from 'vitest';
import { PermissionError } from '../src/errors/errors.ts';
import { describeImageOperation, rawOperation } from '../src/operations/index.ts';
import { HEX, sendDigest, sendError, sendJson, startServer } from './scripted-server.ts';
import { failure, gate, ids, testClient, testRuntime } from './test-client.ts';

/** A server that sends no answer until the test releases it. */
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

describe('a client with equal reads at the same time', () => {
  it('sends one request for a hundred', async () => {
    const { server, release } = await heldServer();
    const client = testClient(server.url);
    const calls = Array.from({ length: 100 }, () => client.describeImage(ids()));
    release();
    const images = await Promise.all(calls);
    expect(new Set(images.map(({ requestId }) => requestId)).size).toBe(1);
    expect(server.received).toHaveLength(1);
  });

  it('sends one request for those in the queue as well', async () => {
    const server = await startServer((_, response) => sendDigest(response));
    const client = testClient(server.url, { concurrency: 2 });
    await Promise.all(Array.from({ length: 200 }, (_, index) => client.describeImage(ids(index % 4))));
    expect(server.received).toHaveLength(4);
  });

  it('sends a request for each of them one after the other: nothing is cached', async () => {
    const server = await startServer((_, response, index) => sendDigest(response, `R${index}`));
    const client = testClient(server.url);
    expect((await client.describeImage(ids())).requestId).toBe('R0');
    expect((await client.describeImage(ids())).requestId).toBe('R1');
  });

  it.each([
    ['another tag', () => ids(1), {}],
    ['other limits', () => ids(), { maxRetries: 0 }],
  ])('does not share a read with %s', async (_what, input, limits) => {
    const { server, release } = await heldServer();
    const client = testClient(server.url);
    const calls = [client.describeImage(ids()), client.describeImage(input(), limits)];
    release();
    await Promise.all(calls);
    expect(server.received).toHaveLength(2);
  });

  it('does not share a read of another operation with the same parameters', async () => {
    const server = await startServer((_, response) => sendJson(response, 200, {}));
    const client = testClient(server.url);
    await Promise.all([client.call(rawOperation('GetA'), {}), client.call(rawOperation('GetB'), {})]);
    expect(server.received).toHaveLength(2);
  });

  it('does not share writes', async () => {
    const server = await startServer((_, response) => sendJson(response, 200, {}));
    const client = testClient(server.url);
    const write = rawOperation('PublicCreateImageScanTask');
    await Promise.all([client.call(write, {}), client.call(write, {})]);
    expect(server.received).toHaveLength(2);
  });

  it('does not share when sharing is turned off', async () => {
    const server = await startServer((_, response) => sendDigest(response));
    const client = testClient(server.url, { shareEqualReads: false });
    await Promise.all([client.describeImage(ids()), client.describeImage(ids())]);
    expect(server.received).toHaveLength(2);
  });

  it.each([
    ['that started it', 0],
    ['that joined', 2],
  ])('continues for the others when the caller %s aborts', async (_what, leaver) => {
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

  it('closes the socket when all have aborted, and sends the next call again', async () => {
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

  it('continues for a caller without a signal', async () => {
    const { server, arrived, release } = await heldServer();
    const client = testClient(server.url);
    const controller = new AbortController();
    const aborted = failure(client.describeImage(ids(), { signal: controller.signal }));
    const withoutSignal = client.describeImage(ids());
    await arrived;
    controller.abort();
    await aborted;
    release();
    expect((await withoutSignal).requestId).toBe('R');
  });

  it('rejects all of them with a failure, and sends the next call again', async () => {
    const server = await startServer((_, response, index) =>
      index === 0 ? sendError(response, 403, 'NoPermission') : sendDigest(response),
    );
    const client = testClient(server.url);
    const errors = await Promise.all([1, 2, 3].map(() => failure(client.describeImage(ids()))));
    expect(errors.map(({ code }) => code)).toEqual(['Permission', 'Permission', 'Permission']);
    expect(server.received).toHaveLength(1);
    expect((await client.describeImage(ids())).requestId).toBe('R');
  });

  it('shares nothing with another client', async () => {
    const { server, release } = await heldServer();
    const calls = [1, 2].map(() => testClient(server.url).call(describeImageOperation, ids()));
    release();
    await Promise.all(calls);
    expect(server.received).toHaveLength(2);
  });

  it('returns its own output for another operation with the same action', async () => {
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

  it('returns an answer or an error of its own to each caller', async () => {
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

  it('does not join a read that was sent before, whose answer may be older', async () => {
    const { server, arrived, release } = await heldServer();
    const client = testClient(server.url);
    const first = client.describeImage(ids());
    await arrived;
    const second = client.describeImage(ids());
    release();
    await Promise.all([first, second]);
    expect(server.received).toHaveLength(2);
  });

  it('applies the total of each caller', async () => {
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
