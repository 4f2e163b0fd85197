import type { Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Exchange } from '../exchange.ts';
import type { WireRequest } from '../gateway/wire-request.ts';
import type { TlsCertificate } from '../tls-certificate.ts';
import { deliver } from './deliver.ts';

const BODY_LIMIT_BYTES = 4 * 1024 * 1024;

/**
 * Creates a server that passes every request to `answer` as raw bytes.
 *
 * @param now - The time for the `date` header, in milliseconds since the epoch.
 * @param tls - Serves HTTPS with this certificate.
 */
export function createHttpServer(
  answer: (request: WireRequest) => Exchange,
  now: () => number,
  tls: TlsCertificate | undefined,
): FastifyInstance {
  const { onConnection, reset } = tcpSockets();
  const handle = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const wire = await wireRequest(request);
    await deliver(reply, answer(wire), { date: new Date(now()).toUTCString(), reset });
    return reply;
  };
  const server = Fastify({
    ...(tls !== undefined && { https: tls }),
    logger: false,
    bodyLimit: BODY_LIMIT_BYTES,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    // The gateway decodes the query from the bytes that were signed.
    routerOptions: { querystringParser: () => ({}) },
    // An invalid path gets the error of the gateway, not of the framework.
    frameworkErrors: (_error, request, reply) => void handle(request, reply),
  });
  server.server.on('connection', onConnection);
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  server.all('/*', handle);
  server.setNotFoundHandler(handle);
  return server;
}

/** The TCP sockets below the connections: a TLS socket cannot be reset. */
function tcpSockets(): { onConnection(socket: Socket): void; reset(socket: Socket | null): void } {
  const sockets = new Map<string, Socket>();
  const key = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress} ${remotePort}`;
  return {
    onConnection(socket) {
      const name = key(socket);
      sockets.set(name, socket);
      socket.once('close', () => sockets.delete(name));
    },
    reset(socket) {
      if (socket !== null) (sockets.get(key(socket)) ?? socket).resetAndDestroy();
    },
  };
}

async function wireRequest({ raw, body }: FastifyRequest): Promise<WireRequest> {
  return {
    method: raw.method ?? '',
    target: raw.url ?? '/',
    rawHeaders: raw.rawHeaders,
    body: Buffer.isBuffer(body) ? body : await unreadBody(raw),
  };
}

// The framework does not read the body of a GET request, but the signature covers it.
async function unreadBody(raw: FastifyRequest['raw']): Promise<Buffer> {
  const announced =
    Number(raw.headers['content-length'] ?? 0) > 0 || raw.headers['transfer-encoding'] !== undefined;
  return announced && !raw.readableEnded ? await buffer(raw) : Buffer.alloc(0);
}
