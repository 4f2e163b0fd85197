import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import type { Answer } from './gateway/error-document.ts';
import type { WireRequest } from './gateway/wire-request.ts';

const BODY_LIMIT_BYTES = 4 * 1024 * 1024;

/** A server that hands every request on as raw bytes and writes the answer as it is. */
export function createHttpServer(
  answer: (request: WireRequest) => Answer,
  now: () => number,
): FastifyInstance {
  const server = Fastify({
    logger: false,
    bodyLimit: BODY_LIMIT_BYTES,
    forceCloseConnections: true,
    // The gateway decodes the query itself, from the bytes that were signed.
    routerOptions: { querystringParser: () => ({}) },
    exposeHeadRoutes: false,
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  server.all('/*', (request, reply) => {
    const { status, headers, body } = answer(wireRequest(request));
    return reply
      .code(status)
      .headers({ ...headers, date: new Date(now()).toUTCString() })
      .send(body);
  });
  return server;
}

function wireRequest(request: FastifyRequest): WireRequest {
  const { raw, body } = request;
  return {
    method: raw.method ?? '',
    target: raw.url ?? '/',
    rawHeaders: raw.rawHeaders,
    body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
  };
}
