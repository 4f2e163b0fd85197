import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { AnyDescribeImageError } from '../src/errors/errors.ts';
import { describeImageOperation } from '../src/operations/index.ts';
import { fetchSend } from '../src/transport/index.ts';
import { type Reply, sendJson, startServer } from './scripted-server.ts';
import { failure, ids, testClient, testRuntime } from './test-client.ts';

const SECRET = 'SECRETkeyNeverShown0123456789';
const TOKEN = 'CAIStokenNeverShown+/=0123456789';
const KEY_ID = 'STS.NUexampleKeyIdNeverWhole99';
const keys = { accessKeyId: KEY_ID, accessKeySecret: SECRET, securityToken: TOKEN };

/** The request as the service could repeat it in an answer: in all the ways in which gateways and proxies do. */
function echo(headers: Record<string, unknown>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}`);
  return [
    `server StringToSign is [ACS3-HMAC-SHA256\n00] server CanonicalRequest is [POST\n/\n\n${lines.join('\n')}\n]`,
    `GET&%2F&AccessKeyId%3D${KEY_ID}%26SecurityToken%3D${encodeURIComponent(encodeURIComponent(TOKEN))}%26Version%3D1`,
    `https://h/?AccessKeyId=${KEY_ID}&SecurityToken=${encodeURIComponent(TOKEN)}&Signature=${headers['authorization']}`,
    // In forms that no pattern of names knows.
    `[${TOKEN}] token: ${TOKEN}, "${TOKEN}" ${JSON.stringify({ token: TOKEN }).replaceAll('/', '\\/')}`,
    Buffer.from(`keys ${SECRET} ${TOKEN}`).toString('base64'),
    Buffer.from(`keys ${SECRET} ${TOKEN}`).toString('hex'),
    `the secret ${SECRET} and ${encodeURIComponent(TOKEN).toLowerCase()}`,
  ].join(' ');
}

const refuse =
  (status: number, Code: string, more: object = {}): Reply =>
  ({ headers }, response) =>
    sendJson(
      response,
      status,
      { RequestId: 'R', Code, Message: echo(headers), ...more },
      {
        date: new Date(0).toUTCString(),
      },
    );
const page =
  (status: number, type: string): Reply =>
  ({ headers }, response) => {
    response.writeHead(status, { 'content-type': type });
    response.end(type === 'text/html' ? `<html>${echo(headers)}</html>` : echo(headers));
  };

const FAILURES: readonly (readonly [string, AnyDescribeImageError['code'], Reply])[] = [
  ['a bad parameter', 'Validation', refuse(400, 'InvalidParameter')],
  ['a bad key', 'Credentials', refuse(404, 'InvalidAccessKeyId.NotFound')],
  ['expired keys', 'Credentials', refuse(400, 'InvalidSecurityToken.Expired')],
  [
    'a denial',
    'Permission',
    refuse(403, 'NoPermission', { AccessDeniedDetail: { AuthAction: 'yundun-sas:X' } }),
  ],
  ['another signature', 'Signature', refuse(400, 'SignatureDoesNotMatch')],
  ['a used nonce', 'Signature', refuse(400, 'SignatureNonceUsed')],
  ['a wrong clock', 'ClockSkew', refuse(400, 'InvalidTimeStamp.Expired')],
  ['throttling', 'Throttling', refuse(400, 'Throttling.User')],
  ['no such image', 'NotFound', refuse(404, 'Image.NotFound')],
  ['no digest', 'NotFound', (_, response) => sendJson(response, 200, { RequestId: 'R' })],
  [
    'junk for a digest',
    'Service',
    ({ headers }, response) => sendJson(response, 200, { Data: { Digest: echo(headers) } }),
  ],
  ['a failing service', 'Service', refuse(500, 'ServerError')],
  ['an echoing page', 'Service', page(502, 'text/html')],
  ['echoing text', 'Service', page(500, 'text/plain')],
  ['an echo for an answer', 'Service', page(200, 'application/json')],
  ['a cut connection', 'Network', ({ socket }) => socket.destroy()],
  ['no HTTP', 'Network', ({ socket, headers }) => socket.end(`NOT HTTP ${echo(headers)}\r\n\r\n`)],
  ['silence', 'Timeout', () => {}],
];

function everyRendering(value: unknown): string {
  const error = value instanceof Error ? value : undefined;
  return [
    String(value),
    JSON.stringify(value),
    inspect(value, { depth: 10, showHidden: true, getters: true }),
    error?.stack,
    error?.cause instanceof Error ? `${error.cause.message}${error.cause.stack}` : '',
  ].join('\n');
}

describe.each([
  ['node:http', {}],
  ['fetch', { send: fetchSend((url, init) => fetch(url, init)) }],
])('a client over %s', (_name, transport) => {
  it.each(FAILURES)('reveals no secret in errors and events after %s', async (_what, code, reply) => {
    const server = await startServer(reply);
    const events: unknown[] = [];
    const note = (event: unknown): void => {
      events.push(event);
    };
    const client = testClient(
      server.url,
      {
        ...transport,
        credentials: keys,
        attemptTimeoutMs: code === 'Timeout' ? 30 : 10_000,
        maxRetries: 1,
        onRequest: note,
        onResponse: note,
        onRetry: note,
        onAttemptFailed: note,
      },
      testRuntime(),
    );
    const error = await failure(client.describeImage(ids()));
    expect(error.code).toBe(code);

    const signatures = server.received.map(
      ({ headers }) => /Signature=(\w+)/.exec(headers.authorization ?? '')?.[1],
    );
    expect(signatures[0]).toMatch(/^[0-9a-f]{64}$/);
    const rendered = [error, client, ...events].map(everyRendering).join('\n');
    for (const secret of [SECRET, TOKEN, encodeURIComponent(TOKEN), KEY_ID, ...signatures])
      expect(rendered).not.toContain(secret);
    expect(rendered).not.toMatch(/NeverShown|nevershown/);
    expect(rendered).not.toContain(Buffer.from('keys SECRETkeyNeverShown').toString('base64').slice(8, -4));
    expect(rendered).not.toContain(Buffer.from('keyNeverShown').toString('hex'));
  });
});

it.each(['Code', 'Message', 'Recommend', 'RequestId'])(
  'shows no part of a token where a long %s is cut',
  async (name) => {
    for (const length of [480, 1_990]) {
      const text = `${'x'.repeat(length)}${TOKEN}`;
      const quote = `server string to sign is [x], CanonicalRequest is [POST\n/\n${text}\n]`;
      for (const Code of ['ServerError', 'SignatureDoesNotMatch']) {
        const answer = { Code, RequestId: 'R', Message: quote, [name]: text };
        const server = await startServer((_, response) => sendJson(response, 400, answer));
        const client = testClient(server.url, { credentials: keys, maxRetries: 0 });
        expect(everyRendering(await failure(client.describeImage(ids())))).not.toContain('CAISto');
      }
    }
  },
);

it('explains without secret, token, key id or signature', async () => {
  const client = testClient('https://sas.example', { credentials: keys });
  const rendered = everyRendering(await client.explain(describeImageOperation, ids()));
  expect(rendered).not.toMatch(/NeverShown|NeverWhole/);
  expect(rendered).not.toMatch(/Signature=[0-9a-f]/);
});

it('explains a failing provider without its message', async () => {
  const provider = (): never => {
    throw new SyntaxError(`config.json: {"access_key_secret":"${SECRET}"`);
  };
  const client = testClient('https://sas.example', { credentials: provider });
  const error = await failure(client.explain(describeImageOperation, ids()));
  expect(error.code).toBe('Credentials');
  expect(everyRendering(error)).not.toContain(SECRET);
});

it('reports a rejecting provider without its message and fields', async () => {
  const rejection = Object.assign(new Error(`token ${TOKEN}`), { keys });
  const client = testClient('https://sas.example', { credentials: () => Promise.reject(rejection) });
  expect(everyRendering(await failure(client.describeImage(ids())))).not.toMatch(/NeverShown/);
});

it('rejects credentials that cannot be sent without quoting them', async () => {
  for (const wrong of [
    { ...keys, accessKeySecret: `${SECRET}\n` },
    { ...keys, securityToken: `${TOKEN} ` },
    { ...keys, accessKeyId: `${KEY_ID}\r\nx: y` },
  ])
    expect(
      everyRendering(await failure(testClient('https://h', { credentials: wrong }).describeImage(ids()))),
    ).not.toMatch(/NeverShown|NeverWhole/);
});

it('prints a client without its credentials', () => {
  const client = testClient('https://sas.example', { credentials: keys });
  expect(everyRendering(client)).not.toMatch(/NeverShown|NeverWhole/);
});
