import Fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { adminAccess } from '../src/admin/admin-access.ts';
import { createEmulator } from '../src/index.ts';

const TOKEN = 'correct-horse-battery';

async function statusOf(
  token: string | undefined,
  remoteAddress: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<number> {
  await using server = Fastify();
  server.addHook('onRequest', adminAccess(token));
  server.get('/', async () => 'in');
  const answer = await server.inject({ url: '/', remoteAddress, headers: { host: '127.0.0.1', ...headers } });
  return answer.statusCode;
}

describe('the admin API', () => {
  it.each([
    ['127.0.0.1', 200],
    ['127.8.9.10', 200],
    ['::1', 200],
    ['::ffff:127.0.0.1', 200],
    ['192.0.2.7', 403],
    ['::ffff:192.0.2.7', 403],
    ['2001:db8::1', 403],
    ['127.0.0.1.evil.example', 403],
  ])('answers a peer at %s with HTTP %i', async (remoteAddress, status) => {
    expect(await statusOf(undefined, remoteAddress)).toBe(status);
  });

  it.each([
    ['the token', `Bearer ${TOKEN}`, 200],
    ['another token', 'Bearer correct-horse-batterz', 403],
    ['an empty token', 'Bearer ', 403],
    ['another scheme', `Basic ${TOKEN}`, 403],
  ])('answers another machine with %s', async (_what, authorization, status) => {
    expect(await statusOf(TOKEN, '172.17.0.1', { host: 'emulator:4010', authorization })).toBe(status);
  });

  it('rejects another machine without a token, and any token when none is set', async () => {
    expect(await statusOf(TOKEN, '172.17.0.1')).toBe(403);
    expect(await statusOf(undefined, '172.17.0.1', { authorization: 'Bearer undefined' })).toBe(403);
    expect(await statusOf(TOKEN, '127.0.0.1')).toBe(200);
  });

  it('rejects a web page of another origin without the token', async () => {
    expect(await statusOf(TOKEN, '127.0.0.1', { origin: 'https://evil.example' })).toBe(403);
  });

  it('answers a foreign host name with the token only', async () => {
    await using emulator = await createEmulator({ adminToken: TOKEN });
    const url = `${emulator.url}/_emulator/clock`;
    const headers = { origin: 'https://ci.example' };
    expect((await fetch(url, { headers })).status).toBe(403);
    expect((await fetch(url, { headers: { ...headers, authorization: `Bearer ${TOKEN}` } })).status).toBe(
      200,
    );
  });
});

it.each(['', 'too-short', 'white space in it!', 'ümlaut-0123456789'])(
  'createEmulator rejects the admin token %j without repeating it',
  async (adminToken) => {
    const error: unknown = await createEmulator({ adminToken }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(RangeError);
    expect(String(error)).toBe(
      'RangeError: adminToken must be at least 16 ASCII characters without white space',
    );
  },
);
