import Fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { loopbackOnly } from '../src/admin/loopback-only.ts';

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
    const server = Fastify();
    server.addHook('onRequest', loopbackOnly);
    server.get('/', async () => 'in');
    const answer = await server.inject({ url: '/', remoteAddress, headers: { host: '127.0.0.1' } });
    expect(answer.statusCode).toBe(status);
    await server.close();
  });
});
