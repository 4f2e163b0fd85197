import { buffer } from 'node:stream/consumers';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Exchange } from '../exchange.ts';
import type { WireRequest } from '../gateway/wire-request.ts';
import { deliver } from './deliver.ts';

const BODY_LIMIT_BYTES = 4 * 1024 * 1024;

/**
 * A server that hands every request on as raw bytes, and puts on the wire whatever comes back.
 *
 * @param answer - Answers a request; `now` dates the answer, in milliseconds since the epoch.
 */
export function createHttpServer(
  answer: (request: WireRequest) => Exchange,
  now: () => number,
): FastifyInstance {
  const handle = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const wire = await wireRequest(request);
    await deliver(reply, answer(wire), new Date(now()).toUTCString());
    return reply;
  };
  const server = Fastify({
    logger: false,
    bodyLimit: BODY_LIMIT_BYTES,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    // The gateway decodes the query itself, from the bytes that were signed.
    routerOptions: { querystringParser: () => ({}) },
    // A target that is no valid path is refused by the gateway, in its own words.
    frameworkErrors: (_error, request, reply) => void handle(request, reply),
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  server.all('/*', handle);
  server.setNotFoundHandler(handle);
  return server;
}

async function wireRequest({ raw, body }: FastifyRequest): Promise<WireRequest> {
  return {
    method: raw.method ?? '',
    target: raw.url ?? '/',
    rawHeaders: raw.rawHeaders,
    body: Buffer.isBuffer(body) ? body : await unreadBody(raw),
  };
}

// The framework leaves the body of a GET unread; a signature covers it all the same.
async function unreadBody(raw: FastifyRequest['raw']): Promise<Buffer> {
  const announced =
    Number(raw.headers['content-length'] ?? 0) > 0 || raw.headers['transfer-encoding'] !== undefined;
  return announced && !raw.readableEnded ? await buffer(raw) : Buffer.alloc(0);
}
