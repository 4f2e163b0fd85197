import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { Agent } from 'undici';
import { describe, expect, it, vi } from 'vitest';
import type { ClientOptions } from '../src/client/client-options.ts';
import { rawOperation } from '../src/operations/index.ts';
import { fetchSend, type Send, undiciSend } from '../src/transport/index.ts';
import { HEX, sendDigest, sendJson, startServer } from './scripted-server.ts';
import { failure, gate, ids, testClient } from './test-client.ts';

const agent = new Agent();
const transports: readonly (readonly [string, Pick<ClientOptions, 'send' | 'transport'>])[] = [
  ['sockets', {}],
  ['node:http', { transport: 'node:http' }],
  ['fetch', { send: fetchSend((url, init) => fetch(url, init)) }],
  ['an undici dispatcher', { send: undiciSend(agent) }],
];
const GOOD = JSON.stringify({ RequestId: 'R', Data: { Digest: HEX } });

describe.each(transports)('over %s', (_name, transport) => {
  it('sends the bytes that were signed: POST, the canonical query and no body', async () => {
    const server = await startServer((_, response) => sendDigest(response));
    await testClient(server.url, transport).describeImage({ ...ids(), imageTag: "标 *'()+/~" });
    const { method, url, headers, body } = server.received[0] ?? {};
    expect([method, body]).toEqual(['POST', '']);
    expect(url).toMatch(/^\/\?ImageInstanceId=cri-1&.*&ImageTag=%E6%A0%87%20%2A%27%28%29%2B%2F~$/);
    expect(headers).toMatchObject({
      host: server.url.slice('http://'.length),
      'content-length': '0',
      accept: 'application/json',
      'x-acs-action': 'DescribeImage',
      'x-acs-version': '2018-12-03',
    });
    expect(headers).not.toHaveProperty('content-type');
  });

  it('sends a form body as it was signed', async () => {
    const server = await startServer((_, response) => sendJson(response, 200, { RequestId: 'R' }));
    const form = {
      ...rawOperation('GetX'),
      toRequest: () => ({ query: { Q: '1' }, form: { Text: 'ü *', Flag: true } }),
    };
    await testClient(server.url, transport).call(form, {});
    expect(server.received[0]).toMatchObject({
      url: '/?Q=1',
      body: 'Flag=true&Text=%C3%BC%20%2A',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': '27' },
    });
  });

  it('keeps the path of a custom endpoint', async () => {
    const server = await startServer((_, response) => sendDigest(response));
    await testClient(`${server.url}/gateway/sas`, transport).describeImage(ids());
    expect(server.received[0]?.url).toMatch(/^\/gateway\/sas\?Image/);
  });

  it('follows no redirect, which would carry the signature elsewhere', async () => {
    const elsewhere = await startServer((_, response) => sendDigest(response));
    const server = await startServer((_, response) => {
      response.writeHead(307, { location: elsewhere.url });
      response.end();
    });
    const error = await failure(testClient(server.url, transport).describeImage(ids()));
    expect(error).toMatchObject({ code: 'Service', status: 307, attempts: 1 });
    expect(elsewhere.received).toHaveLength(0);
  });

  it('rejects an answer above the size limit without a retry', async () => {
    const server = await startServer((_, response) => {
      const megabyte = ' '.repeat(2 ** 20);
      response.writeHead(200);
      for (let index = 0; index < 33; index++) response.write(megabyte);
      response.end();
    });
    const error = await failure(testClient(server.url, transport).describeImage(ids()));
    expect(error).toMatchObject({ code: 'Service', attempts: 1 });
    expect(error.message).toContain('larger than');
  });

  it('decodes UTF-8 whose characters are split between chunks', async () => {
    const bytes = Buffer.from(JSON.stringify({ RequestId: 'R', Name: '标签🐳' }));
    const server = await startServer(async (_, response) => {
      response.writeHead(200);
      for (const byte of bytes) {
        response.write(Buffer.of(byte));
        await new Promise(setImmediate);
      }
      response.end();
    });
    const { output } = await testClient(server.url, transport).call(rawOperation('GetX'), {});
    expect(output['Name']).toBe('标签🐳');
  });

  it('reports status and request id of an HTML error page', async () => {
    const server = await startServer((_, response) => {
      response.writeHead(502, { 'content-type': 'text/html', 'x-acs-request-id': 'H' });
      response.end('<html>Bad Gateway</html>');
    });
    const error = await failure(testClient(server.url, { ...transport, maxRetries: 0 }).describeImage(ids()));
    expect(error).toMatchObject({ code: 'Service', status: 502, requestId: 'H', retryable: true });
  });

  it.each(['zstd-next', 'constructor', 'toString', '__proto__', 'gzip, constructor'])(
    'rejects the unknown encoding %s and names it',
    async (encoding) => {
      const server = await startServer((_, response) => {
        response.writeHead(200, { 'content-encoding': encoding });
        response.end(GOOD);
      });
      const error = await failure(testClient(server.url, transport).describeImage(ids()));
      expect(error).toMatchObject({ code: 'Service', status: 200, attempts: 1 });
      expect(error.message.toLowerCase()).toContain(encoding.toLowerCase());
    },
  );
});

const decoding = transports.filter(([name]) => name !== 'fetch');

describe.each(decoding)('over %s', (_name, transport) => {
  it.each([
    ['gzip', gzipSync(GOOD)],
    ['deflate', deflateSync(GOOD)],
    ['br', brotliCompressSync(GOOD)],
    ['GZIP', gzipSync(GOOD)],
    ['x-gzip', gzipSync(GOOD)],
    ['identity', Buffer.from(GOOD)],
    ['Identity', Buffer.from(GOOD)],
  ])('reads an answer in %s that was not asked for', async (encoding, body) => {
    const server = await startServer((_, response) => {
      response.writeHead(200, { 'content-encoding': encoding });
      response.end(body);
    });
    expect((await testClient(server.url, transport).describeImage(ids())).rawDigest).toBe(HEX);
    expect(server.received[0]?.headers).not.toHaveProperty('accept-encoding');
  });

  it('keeps the status of an empty answer that is labelled as compressed', async () => {
    const server = await startServer((_, response) => {
      response.writeHead(403, { 'content-encoding': 'gzip' });
      response.end();
    });
    expect(await failure(testClient(server.url, transport).describeImage(ids()))).toMatchObject({
      code: 'Service',
      status: 403,
      attempts: 1,
    });
  });

  it('rejects an answer that decompresses to more than the size limit without a retry', async () => {
    const bomb = gzipSync(Buffer.alloc(40 * 2 ** 20));
    const server = await startServer((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(bomb);
    });
    const error = await failure(testClient(server.url, transport).describeImage(ids()));
    expect(error).toMatchObject({ code: 'Service', attempts: 1 });
    expect(error.message).toContain('larger than');
  });

  it('retries after a compressed answer that is cut short', async () => {
    const server = await startServer((_, response, index) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(index === 0 ? gzipSync(GOOD).subarray(0, 40) : gzipSync(GOOD));
    });
    expect(await testClient(server.url, transport).describeImage(ids())).toMatchObject({ attempts: 2 });
  });
});

/** Counts the megabytes that a transport takes from an endless body, and whether it gives the body up. */
function endlessBody() {
  const megabyte = new Uint8Array(2 ** 20);
  const seen = { pulled: 0, cancelled: false };
  const next = async () => {
    seen.pulled++;
    return { done: false as const, value: megabyte };
  };
  const cancel = async () => {
    seen.cancelled = true;
    return { done: true as const, value: undefined };
  };
  return { seen, next, cancel };
}

describe('the size limit', () => {
  const bomb = gzipSync(Buffer.alloc(200 * 2 ** 20));

  it('stops a fetch body after 33 MiB and cancels it', async () => {
    const { seen, next, cancel } = endlessBody();
    const send = fetchSend(async () => ({
      status: 200,
      headers: { get: () => null },
      body: { getReader: () => ({ read: next, cancel }) },
    }));
    const error = await failure(testClient('https://sas.example', { send }).describeImage(ids()));
    expect(error).toMatchObject({ code: 'Service', attempts: 1 });
    expect(seen).toEqual({ pulled: 33, cancelled: true });
  });

  it('stops an undici body after 33 MiB and cancels it', async () => {
    const { seen, next, cancel } = endlessBody();
    const body = { [Symbol.asyncIterator]: () => ({ next, return: cancel }) };
    const send = undiciSend({ request: async () => ({ statusCode: 200, headers: {}, body }) });
    const error = await failure(testClient('https://sas.example', { send }).describeImage(ids()));
    expect(error).toMatchObject({ code: 'Service', attempts: 1 });
    expect(seen).toEqual({ pulled: 33, cancelled: true });
  });

  it.each(transports)(
    'stops a gzip body of 200 MiB over %s within bounded memory',
    async (_name, transport) => {
      const server = await startServer((_, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' });
        response.end(bomb);
      });
      const client = testClient(server.url, transport);
      const before = process.memoryUsage();
      const error = await failure(client.describeImage(ids()));
      const after = process.memoryUsage();
      expect(error).toMatchObject({ code: 'Service', attempts: 1 });
      const grownMib = (after.external + after.heapUsed - before.external - before.heapUsed) / 2 ** 20;
      expect(grownMib).toBeLessThan(120);
    },
  );
});

describe('programs that hook node:http', () => {
  it('see the requests of a client that is used after they were installed', async () => {
    const http = await import('node:http');
    const server = await startServer((_, response) => sendDigest(response));
    const seen = vi.spyOn(http.default, 'request');
    await testClient(server.url).describeImage(ids());
    expect(seen).toHaveBeenCalledTimes(1);
    seen.mockRestore();
    await testClient(server.url).describeImage(ids());
    expect(server.received.map(({ headers }) => headers.connection)).toEqual(['keep-alive', undefined]);
  });

  it('see them through diagnostics channels', async () => {
    const { subscribe, unsubscribe } = await import('node:diagnostics_channel');
    const server = await startServer((_, response) => sendDigest(response));
    const seen = vi.fn();
    subscribe('http.client.request.start', seen);
    await testClient(server.url).describeImage(ids());
    unsubscribe('http.client.request.start', seen);
    expect(seen).toHaveBeenCalledTimes(1);
  });
});

describe('a custom transport', () => {
  it('receives signed requests and the time limit', async () => {
    const seen: unknown[] = [];
    const send: Send = async ({ method, query, headers }, { timeoutMs }) => {
      seen.push([method, query.startsWith('ImageInstanceId='), headers['x-acs-action'], timeoutMs]);
      return { status: 200, header: () => undefined, body: GOOD };
    };
    const client = testClient('https://sas.example', { send, attemptTimeoutMs: 1234 });
    expect((await client.describeImage(ids())).endpoint).toBe('sas.example');
    expect(seen).toEqual([['POST', true, 'DescribeImage', 1234]]);
  });

  it('rejects the call with its own error', async () => {
    const boom = new TypeError('boom');
    const send: Send = () => Promise.reject(boom);
    await expect(testClient('https://sas.example', { send }).describeImage(ids())).rejects.toBe(boom);
  });

  it.each<[unknown]>([
    [undefined],
    [null],
    [{}],
    [{ status: 200, body: GOOD }],
    [{ status: 200, header: () => undefined, body: {} }],
    [{ status: '200', header: () => undefined, body: GOOD }],
  ])('rejects the call when it resolves to %j', async (result) => {
    for (const onResponse of [undefined, () => {}]) {
      const client = testClient('https://sas.example', { send: async () => result as never, onResponse });
      expect(await failure(client.describeImage(ids()))).toMatchObject({ code: 'Validation', attempts: 1 });
    }
  });
});

it('sends over fetch and WebCrypto in other runtimes', async () => {
  const { createClient } = await import('../src/index-web.ts');
  const arrived = gate();
  const server = await startServer((_, response) => {
    arrived.open();
    sendDigest(response);
  });
  const client = createClient({
    endpoint: server.url,
    credentials: { accessKeyId: 'testid', accessKeySecret: 'testsecret' },
  });
  const [image] = await Promise.all([client.describeImage(ids()), arrived.opened]);
  expect(image.digest).toBe(`sha256:${HEX}`);
  expect(server.received[0]?.headers['authorization']).toMatch(/^ACS3-HMAC-SHA256 Credential=testid,/);
});
