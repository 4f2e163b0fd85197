import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { Agent } from 'undici';
import { describe, expect, test } from 'vitest';
import { rawOperation } from '../src/operations/index.ts';
import { fetchSend, type Send, undiciSend } from '../src/transport/index.ts';
import { HEX, sendDigest, sendJson, startServer } from './scripted-server.ts';
import { failure, gate, ids, testClient } from './test-client.ts';

const agent = new Agent();
const transports: readonly (readonly [string, { readonly send?: Send }])[] = [
  ['node:http', {}],
  ['fetch', { send: fetchSend((url, init) => fetch(url, init)) }],
  ['an undici dispatcher', { send: undiciSend(agent) }],
];
const GOOD = JSON.stringify({ RequestId: 'R', Data: { Digest: HEX } });

describe.each(transports)('over %s', (_name, transport) => {
  test('the bytes sent are the bytes signed: POST, canonical query, no body', async () => {
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

  test('a form body arrives as it was signed', async () => {
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

  test('the path of a custom endpoint is kept', async () => {
    const server = await startServer((_, response) => sendDigest(response));
    await testClient(`${server.url}/gateway/sas`, transport).describeImage(ids());
    expect(server.received[0]?.url).toMatch(/^\/gateway\/sas\?Image/);
  });

  test('redirects are not followed: they would carry the signature elsewhere', async () => {
    const elsewhere = await startServer((_, response) => sendDigest(response));
    const server = await startServer((_, response) => {
      response.writeHead(307, { location: elsewhere.url });
      response.end();
    });
    const error = await failure(testClient(server.url, transport).describeImage(ids()));
    expect(error).toMatchObject({ code: 'Service', status: 307, attempts: 1 });
    expect(elsewhere.received).toHaveLength(0);
  });

  test('an answer that is too large is refused, once', async () => {
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

  test('text in UTF-8 survives chunks that split its characters', async () => {
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

  test('a failure by HTML page has status and request id', async () => {
    const server = await startServer((_, response) => {
      response.writeHead(502, { 'content-type': 'text/html', 'x-acs-request-id': 'H' });
      response.end('<html>Bad Gateway</html>');
    });
    const error = await failure(testClient(server.url, { ...transport, maxRetries: 0 }).describeImage(ids()));
    expect(error).toMatchObject({ code: 'Service', status: 502, requestId: 'H', retryable: true });
  });
});

describe('over node:http', () => {
  test.each([
    ['gzip', gzipSync(GOOD)],
    ['deflate', deflateSync(GOOD)],
    ['br', brotliCompressSync(GOOD)],
    ['identity', Buffer.from(GOOD)],
  ])('an answer in %s is read, although none was asked for', async (encoding, body) => {
    const server = await startServer((_, response) => {
      response.writeHead(200, { 'content-encoding': encoding });
      response.end(body);
    });
    expect((await testClient(server.url).describeImage(ids())).rawDigest).toBe(HEX);
    expect(server.received[0]?.headers).not.toHaveProperty('accept-encoding');
  });

  test('an empty answer that claims to be compressed keeps its status', async () => {
    const server = await startServer((_, response) => {
      response.writeHead(403, { 'content-encoding': 'gzip' });
      response.end();
    });
    expect(await failure(testClient(server.url).describeImage(ids()))).toMatchObject({
      code: 'Service',
      status: 403,
      attempts: 1,
    });
  });

  test('an answer that unpacks to more than an answer may be is refused, once', async () => {
    const bomb = gzipSync(Buffer.alloc(40 * 2 ** 20));
    const server = await startServer((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(bomb);
    });
    const error = await failure(testClient(server.url).describeImage(ids()));
    expect(error).toMatchObject({ code: 'Service', attempts: 1 });
    expect(error.message).toContain('larger than');
  });

  test('an encoding that is not known is named', async () => {
    const server = await startServer((_, response) => {
      response.writeHead(200, { 'content-encoding': 'zstd-next' });
      response.end('x');
    });
    const error = await failure(testClient(server.url).describeImage(ids()));
    expect(error).toMatchObject({ code: 'Service', attempts: 1 });
    expect(error.message).toContain('zstd-next');
  });
});

describe('a transport of one’s own', () => {
  test('is given signed requests and the limits, and nobody else is asked', async () => {
    const seen: unknown[] = [];
    const send: Send = async ({ method, query, headers }, { timeoutMs }) => {
      seen.push([method, query.startsWith('ImageInstanceId='), headers['x-acs-action'], timeoutMs]);
      return { status: 200, header: () => undefined, body: GOOD };
    };
    const client = testClient('https://sas.example', { send, attemptTimeoutMs: 1234 });
    expect((await client.describeImage(ids())).endpoint).toBe('sas.example');
    expect(seen).toEqual([['POST', true, 'DescribeImage', 1234]]);
  });

  test('that fails in its own way fails the call in that way', async () => {
    const boom = new TypeError('boom');
    const send: Send = () => Promise.reject(boom);
    await expect(testClient('https://sas.example', { send }).describeImage(ids())).rejects.toBe(boom);
  });
});

test('the client of other runtimes does the same over fetch and WebCrypto', async () => {
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
