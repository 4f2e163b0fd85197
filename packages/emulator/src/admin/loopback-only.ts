import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Rejects requests from other machines and from web pages. The peer address and the names in `Host` and `Origin` must be
 * loopback, so that a web page cannot reach the admin API through a browser.
 */
export async function loopbackOnly(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { host, origin } = request.headers;
  const allowed =
    isLoopbackAddress(request.socket.remoteAddress ?? '') &&
    isLoopbackName(host ?? '') &&
    (origin === undefined || isLoopbackName(origin.replace(/^https?:\/\//, '')));
  if (allowed) return;
  await reply.code(403).send({
    error: { code: 'LOOPBACK_ONLY', message: 'the admin API answers requests from this machine only' },
  });
}

function isLoopbackAddress(address: string): boolean {
  const bare = address.replace(/^::ffff:/, '');
  return bare === '::1' || /^127(?:\.\d{1,3}){3}$/.test(bare);
}

function isLoopbackName(hostAndPort: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i.test(hostAndPort);
}
