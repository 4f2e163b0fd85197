import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { resolveEndpoint } from '../src/endpoints/resolve-endpoint.ts';
import type { HttpResponse, SignedRequest } from '../src/protocol/request.ts';
import { nodeTransport } from '../src/transport/node/node-transport.ts';
import { openSocketRoute } from '../src/transport/node/socket/socket-route.ts';
import type { Transport } from '../src/transport/transport.ts';
import { type FaultServer, GOOD, response, type Script, startFaultServer } from './faults/fault-server.ts';
import { fixture } from './faults/transports.ts';

const NEVER_CALLED = { onResponse: unexpected, onError: unexpected };

function unexpected(): never {
  throw new Error('the receiver was called');
}

async function openRoute(
  script: Script,
): Promise<{ readonly server: FaultServer; readonly route: Transport }> {
  const server = await startFaultServer(script);
  const route = await openSocketRoute(resolveEndpoint({ endpoint: `http://127.0.0.1:${server.port}` }), {});
  return { server, route };
}

function request(over: Partial<SignedRequest> = {}): SignedRequest {
  const endpoint = resolveEndpoint({ endpoint: 'http://127.0.0.1:1' });
  return {
    method: 'POST',
    endpoint,
    query: 'A=1',
    headers: { host: 'h' },
    canonicalRequest: '',
    stringToSign: '',
    ...over,
  };
}

function send(route: Transport, signed: SignedRequest = request()): Promise<HttpResponse> {
  return new Promise((onResponse, onError) => route.start(signed, { onResponse, onError }, 1000));
}

const later = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));

describe('the socket transport', () => {
  it('writes the header lines unchanged and adds the length', async () => {
    const heads: string[] = [];
    const { route } = await openRoute(({ socket, head }) => {
      heads.push(head);
      socket.write(GOOD);
    });
    await send(route, request({ headerLines: 'host: x\r\nB: 2\r\na: 1\r\n' }));
    await send(route, request({ headers: { host: 'y', b: '2' } }));
    expect(heads).toEqual([
      'POST /?A=1 HTTP/1.1\r\nhost: x\r\nB: 2\r\na: 1\r\ncontent-length: 0',
      'POST /?A=1 HTTP/1.1\r\nhost: y\r\nb: 2\r\ncontent-length: 0',
    ]);
    route.close?.();
  });

  it.each([{ 'x-a': 'a\r\nx-b: c' }, { 'x-a': '\u010d' }, { 'x a': 'b' }])(
    'throws for the header %j and opens no socket',
    async (headers) => {
      const { server, route } = await openRoute(unexpected);
      expect(() => route.start(request({ headers }), NEVER_CALLED, 1000)).toThrow(TypeError);
      await later(5);
      expect(server.openSockets()).toBe(0);
    },
  );

  it('reports a header that it does not send while the route is being opened', async () => {
    const transport = nodeTransport({ maxSockets: 1, proxy: false });
    const error = new Promise<unknown>((onError) =>
      transport.start(request({ headers: { 'x a': 'b' } }), { onResponse: unexpected, onError }, 1000),
    );
    expect(await error).toBeInstanceOf(TypeError);
  });

  it('reaches a server on 127.0.0.1 by the name localhost', async () => {
    const server = await startFaultServer(({ socket }) => socket.write(GOOD));
    const route = await openSocketRoute(resolveEndpoint({ endpoint: `http://localhost:${server.port}` }), {});
    expect((await send(route)).status).toBe(200);
    route.close?.();
  });

  it('sends a body of bytes after the head', async () => {
    let received = '';
    const { route } = await openRoute(({ socket, head }) => {
      received += head;
      socket.on('data', (bytes) => {
        received += bytes.toString();
      });
      setTimeout(() => socket.write(GOOD), 5);
    });
    await send(route, request({ body: Uint8Array.of(0x61, 0x62, 0x63) }));
    expect(received).toMatch(/content-length: 3/);
    route.close?.();
  });

  it.each([
    ['Keep-Alive: timeout=60\r\n', 1],
    ['Keep-Alive: timeout=1\r\n', 3],
    ['Connection: close\r\n', 3],
    ['', 1],
  ])('uses for three requests with %j as many sockets as expected: %d', async (headers, expected) => {
    const connections = new Set<unknown>();
    const { route } = await openRoute(({ socket }) => {
      connections.add(socket);
      socket.write(response('{}', { headers }));
    });
    for (let count = 0; count < 3; count++) await send(route);
    expect(connections.size).toBe(expected);
    route.close?.();
  });

  it('closes an idle socket on which the server sends bytes', async () => {
    const { server, route } = await openRoute(({ socket }) => {
      socket.write(GOOD);
      setTimeout(() => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'), 5);
    });
    await send(route);
    await later(40);
    expect(server.openSockets()).toBe(0);
  });

  it('keeps the process running for a request and not for an idle socket', async () => {
    const sockets = () =>
      process.getActiveResourcesInfo().filter((name) => name.startsWith('TCPSocket')).length;
    const before = sockets();
    let during = 0;
    const { route } = await openRoute(({ socket }) => {
      during = sockets();
      socket.write(GOOD);
    });
    await send(route);
    // The server's side of the connection is in this process too.
    expect(during - before).toBe(2);
    expect(sockets() - before).toBe(1);
    route.close?.();
  });

  it('calls no receiver after cancel, and closes the socket', async () => {
    const { server, route } = await openRoute(() => {});
    const exchange = route.start(request(), NEVER_CALLED, 1000);
    await later(20);
    expect(server.openSockets()).toBe(1);
    exchange.cancel();
    exchange.cancel();
    await later(20);
    expect(server.openSockets()).toBe(0);
  });

  it('leaves the next exchange alone when an earlier one is cancelled after its end', async () => {
    const { route } = await openRoute(({ socket, indexOnSocket }) => {
      setTimeout(() => socket.write(GOOD), indexOnSocket * 20);
    });
    let first: { cancel(): void } | undefined;
    await new Promise<void>((done, fail) => {
      first = route.start(request(), { onResponse: () => done(), onError: fail }, 1000);
    });
    const second = send(route);
    first?.cancel();
    expect((await second).status).toBe(200);
    route.close?.();
  });

  it('leaves the next exchange alone when an earlier one is cancelled while its body is decompressed', async () => {
    const compressed = gzipSync(Buffer.alloc(30 * 2 ** 20));
    const { route } = await openRoute(({ socket, indexOnSocket }) => {
      if (indexOnSocket === 0) socket.write(response(compressed, { headers: 'Content-Encoding: gzip\r\n' }));
      else setTimeout(() => socket.write(GOOD), 20);
    });
    const first = route.start(request(), { onResponse: () => {}, onError: () => {} }, 1000);
    await later(10);
    const second = send(route);
    first.cancel();
    expect((await second).status).toBe(200);
    route.close?.();
  });

  it('fails the requests in flight when it is closed', async () => {
    const { route } = await openRoute(() => {});
    const pending = send(route);
    await later(10);
    route.close?.();
    await expect(pending).rejects.toMatchObject({ code: 'Network' });
  });

  it('resumes the TLS session on the next connection', async () => {
    const tls = { key: fixture('loopback-key'), cert: fixture('loopback-cert') };
    const resumed: unknown[] = [];
    const server = await startFaultServer(
      ({ socket }) => {
        resumed.push(Reflect.apply(Reflect.get(socket, 'isSessionReused'), socket, []));
        socket.write(response('{}', { headers: 'Connection: close\r\n' }));
      },
      { tls },
    );
    const { createSecureContext } = await import('node:tls');
    const route = await openSocketRoute(resolveEndpoint({ endpoint: `https://127.0.0.1:${server.port}` }), {
      secureContext: createSecureContext({ ca: tls.cert }),
    });
    await send(route);
    await later(20);
    await send(route);
    expect(resumed).toEqual([false, true]);
    route.close?.();
  });
});
