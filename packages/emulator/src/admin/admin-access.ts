import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Creates the check of requests to the admin API. Without the token, the peer address and the names in `Host` and `Origin` must be
 * loopback, so that a web page cannot reach the admin API through a browser. A web page does not know the token.
 */
export function adminAccess(
  token: string | undefined,
): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
  return async (request, reply) => {
    const { authorization } = request.headers;
    if (isLoopback(request) || (token !== undefined && isEqual(authorization ?? '', `Bearer ${token}`)))
      return;
    const message =
      token === undefined
        ? 'the admin API answers requests from this machine only; start the emulator with --admin-token to open it'
        : 'the admin API answers other machines only with the header Authorization: Bearer <token>';
    await reply.code(403).send({ error: { code: 'LOOPBACK_ONLY', message } });
  };
}

function isLoopback({ headers: { host = '', origin }, socket }: FastifyRequest): boolean {
  return (
    isLoopbackAddress(socket.remoteAddress ?? '') &&
    isLoopbackName(host) &&
    (origin === undefined || isLoopbackName(origin.replace(/^https?:\/\//, '')))
  );
}

/** Compares in constant time. */
function isEqual(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

function isLoopbackAddress(address: string): boolean {
  const bare = address.replace(/^::ffff:/, '');
  return bare === '::1' || /^127(?:\.\d{1,3}){3}$/.test(bare);
}

function isLoopbackName(hostAndPort: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i.test(hostAndPort);
}
