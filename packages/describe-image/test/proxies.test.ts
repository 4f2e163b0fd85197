import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type IncomingMessage } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import * as tls from 'node:tls';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { sendDigest, startServer } from './scripted-server.ts';
import { failure, gate, ids, testClient } from './test-client.ts';

const pem = (name: string): Buffer => readFileSync(new URL(`./fixtures/${name}.pem`, import.meta.url));

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // a TCP server's address is always one
  return port;
}

/** A CONNECT proxy. It connects every tunnel to `target` for any host, or refuses with `status`. */
async function startProxy({ target, status = 200 }: { target?: number; status?: number }) {
  const asked: IncomingMessage[] = [];
  const plain: IncomingMessage[] = [];
  const server = createHttpServer((request, response) => {
    plain.push(request);
    response.writeHead(501).end();
  });
  server.on('connect', (request, client: Socket) => {
    asked.push(request);
    if (status !== 200 || target === undefined) {
      client.end(`HTTP/1.1 ${status} Refused\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const upstream = connect(target, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const)
      from.on('error', () => to.destroy()).on('close', () => to.destroy());
  });
  const port = await listen(server);
  return { url: `http://127.0.0.1:${port}`, host: `127.0.0.1:${port}`, asked, plain };
}

/** A proxy that never answers a CONNECT, with promises for the arrival of the CONNECT and for its end. */
async function startSilentProxy() {
  const asked = gate();
  const left = gate();
  const server = createHttpServer();
  server.on('connect', (_request, client: Socket) => {
    client.once('end', () => left.open()).resume();
    asked.open();
  });
  const port = await listen(server);
  return { url: `http://127.0.0.1:${port}`, asked: asked.opened, left: left.opened };
}

describe('proxies', () => {
  it('reaches an http endpoint through a tunnel with unchanged requests', async () => {
    const server = await startServer((_, response) => sendDigest(response));
    const proxy = await startProxy({ target: Number(new URL(server.url).port) });
    const client = testClient('http://sas.example.test:8080', { proxy: proxy.url });
    await client.describeImage(ids(1));
    await client.describeImage(ids(2));
    expect(proxy.asked.map(({ url, headers }) => [url, headers.host])).toEqual([
      ['sas.example.test:8080', 'sas.example.test:8080'],
    ]);
    expect(server.received.map(({ url, headers }) => [url.slice(0, 3), headers.host])).toEqual([
      ['/?I', 'sas.example.test:8080'],
      ['/?I', 'sas.example.test:8080'],
    ]);
  });

  it('sends CONNECT host:443 with the proxy’s credentials for an https endpoint, and does not retry a 407', async () => {
    const proxy = await startProxy({ status: 407 });
    const withPassword = proxy.url.replace('//', '//us%40er:hunter2@');
    const client = testClient('https://tds.example.test', { proxy: withPassword });
    const error = await failure(client.describeImage(ids()));
    expect(error).toMatchObject({
      code: 'Network',
      retryable: false,
      attempts: 1,
      message: `the proxy ${proxy.host} refused a tunnel: HTTP 407`,
      endpoint: 'tds.example.test',
    });
    expect(error.message).not.toContain('hunter2');
    expect(
      proxy.asked.map(({ method, url, headers }) => [method, url, headers['proxy-authorization']]),
    ).toEqual([
      ['CONNECT', 'tds.example.test:443', `Basic ${Buffer.from('us@er:hunter2').toString('base64')}`],
    ]);
  });

  it('retries a tunnel that the proxy refuses with HTTP 502', async () => {
    const proxy = await startProxy({ status: 502 });
    const client = testClient('https://tds.example.test', { proxy: proxy.url, maxRetries: 2 });
    expect(await failure(client.describeImage(ids()))).toMatchObject({ code: 'Network', attempts: 3 });
    expect(proxy.asked).toHaveLength(3);
  });

  it('rejects a proxy of the environment with an unsupported scheme without a retry', async () => {
    for (const name of ['HTTPS_PROXY', 'https_proxy']) vi.stubEnv(name, 'socks5://user:hunter2@127.0.0.1:1');
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const retried = vi.fn();
    const client = testClient('https://tds.example.test', { onRetry: retried });
    const error = await failure(client.describeImage(ids()));
    expect(error).toMatchObject({ code: 'Validation' });
    expect(error.message).not.toContain('hunter2');
    expect(retried).not.toHaveBeenCalled();
  });

  it('shows the proxy no header and no signature of the request', async () => {
    const proxy = await startProxy({ status: 403 });
    const client = testClient('https://tds.example.test', { proxy: proxy.url, maxRetries: 0 });
    await failure(client.describeImage(ids()));
    expect(Object.keys(proxy.asked[0]?.headers ?? {}).sort()).toEqual(['connection', 'host']);
    expect(proxy.plain).toEqual([]);
  });

  it('reports a proxy that refuses the connection as a NetworkError', async () => {
    const client = testClient('https://tds.example.test', { proxy: 'http://127.0.0.1:1', maxRetries: 1 });
    expect(await failure(client.describeImage(ids()))).toMatchObject({
      code: 'Network',
      attempts: 2,
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('times out when the proxy never answers', async () => {
    const silent = createHttpServer();
    silent.on('connect', () => {});
    const port = await listen(silent);
    const client = testClient('https://tds.example.test', {
      proxy: `http://127.0.0.1:${port}`,
      attemptTimeoutMs: 40,
      maxRetries: 0,
    });
    expect(await failure(client.describeImage(ids()))).toMatchObject({ code: 'Timeout' });
  });

  it('gives up a tunnel that the proxy has not answered after half a minute', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const proxy = await startSilentProxy();
    const client = testClient('https://tds.example.test', { proxy: proxy.url, maxRetries: 0 });
    const call = failure(client.describeImage(ids()));
    await proxy.asked;
    vi.advanceTimersByTime(10_000);
    expect(await call).toMatchObject({ code: 'Timeout' });
    vi.advanceTimersByTime(20_000);
    await proxy.left;
  });

  it('gives up unopened tunnels when the client is closed', async () => {
    const proxy = await startSilentProxy();
    const client = testClient('https://tds.example.test', { proxy: proxy.url });
    const call = failure(client.describeImage(ids()));
    await proxy.asked;
    client.close();
    expect(await call).toMatchObject({ code: 'Abort' });
    await proxy.left;
  });

  it('sends a bare % in the proxy’s password unchanged', async () => {
    const proxy = await startProxy({ status: 407 });
    const url = proxy.url.replace('//', '//user:100%@');
    const client = testClient('https://tds.example.test', { proxy: url, maxRetries: 0 });
    expect(await failure(client.describeImage(ids()))).toMatchObject({ code: 'Network' });
    expect(proxy.asked[0]?.headers['proxy-authorization']).toBe(`Basic ${btoa('user:100%')}`);
    expect(proxy.asked[0]?.headers.authorization).toBeUndefined();
  });

  it('uses the proxy of the environment, except for loopback', async () => {
    const proxy = await startProxy({ status: 503 });
    const server = await startServer((_, response) => sendDigest(response));
    for (const name of ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'])
      vi.stubEnv(name, proxy.url);
    for (const name of ['NO_PROXY', 'no_proxy']) vi.stubEnv(name, '');
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    await testClient(server.url).describeImage(ids());
    expect(proxy.asked).toHaveLength(0);
    await failure(testClient('https://tds.example.test', { maxRetries: 0 }).describeImage(ids()));
    expect(proxy.asked).toHaveLength(1);
    await failure(
      testClient('https://tds.example.test', {
        maxRetries: 0,
        proxy: false,
        attemptTimeoutMs: 1,
      }).describeImage(ids()),
    );
    expect(proxy.asked).toHaveLength(1);
  });
});

// Node 22.19 and 24.5 added a way to change the default authorities of the program.
const trust = Reflect.get(tls, 'setDefaultCACertificates');

describe.skipIf(typeof trust !== 'function')('TLS', () => {
  function trustTheFixture(): void {
    const before = tls.getCACertificates('default');
    trust([...before, pem('loopback-cert').toString()]);
    onTestFinished(() => trust(before));
  }

  async function startTlsServer() {
    const hosts: (string | undefined)[] = [];
    const names: (string | false | null)[] = [];
    const server = createHttpsServer(
      { key: pem('loopback-key'), cert: pem('loopback-cert') },
      (request, response) => {
        hosts.push(request.headers.host);
        names.push((request.socket as tls.TLSSocket).servername); // an https server's sockets are
        sendDigest(response);
      },
    );
    return { port: await listen(server), hosts, names };
  }

  it('runs end to end inside the tunnel with the name of the endpoint', async () => {
    trustTheFixture();
    const server = await startTlsServer();
    const proxy = await startProxy({ target: server.port });
    const client = testClient('https://tds.example.test', { proxy: proxy.url });
    await client.describeImage(ids(1));
    await client.describeImage(ids(2));
    expect(server.hosts).toEqual(['tds.example.test', 'tds.example.test']);
    expect(server.names).toEqual(['tds.example.test', 'tds.example.test']);
    expect(proxy.asked).toHaveLength(1);
  });

  it('rejects a certificate of another name inside the tunnel', async () => {
    trustTheFixture();
    const server = await startTlsServer();
    const proxy = await startProxy({ target: server.port });
    const client = testClient('https://other.example.test', { proxy: proxy.url, maxRetries: 0 });
    expect(await failure(client.describeImage(ids()))).toMatchObject({
      code: 'Network',
      message: expect.stringContaining('ERR_TLS_CERT_ALTNAME_INVALID'),
    });
    expect(server.hosts).toEqual([]);
  });

  it('rejects a certificate of an unknown authority', async () => {
    const server = await startTlsServer();
    const client = testClient(`https://127.0.0.1:${server.port}`, { maxRetries: 0 });
    expect(await failure(client.describeImage(ids()))).toMatchObject({ code: 'Network' });
    expect(server.hosts).toEqual([]);
  });

  it('connects directly without a proxy', async () => {
    trustTheFixture();
    const server = await startTlsServer();
    const endpoint = `https://127.0.0.1:${server.port}`;
    await testClient(endpoint).describeImage(ids());
    expect(server.hosts).toEqual([`127.0.0.1:${server.port}`]);
  });
});
