import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, createServer as createSocketServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A request as it arrived. */
interface ReceivedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly socket: Socket;
}

/** Answers the request with this index, from 0 in order of arrival. */
export type Reply = (request: ReceivedRequest, response: ServerResponse, index: number) => unknown;

export interface ScriptedServer {
  readonly url: string;
  readonly received: readonly ReceivedRequest[];
  /** Sockets accepted in all. */
  readonly connections: () => number;
}

/** A real HTTP server on a free loopback port. It is closed when the test ends. */
export async function startServer(reply: Reply): Promise<ScriptedServer> {
  const received: ReceivedRequest[] = [];
  let connections = 0;
  const server = createServer(async (incoming, response) => {
    let body = '';
    for await (const chunk of incoming.setEncoding('utf8')) body += chunk;
    const { method = '', url = '', headers, socket } = incoming;
    const request = { method, url, headers, body, socket };
    await reply(request, response, received.push(request) - 1);
  });
  server.on('connection', () => connections++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // a TCP server's address is always one
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    connections: () => connections,
  };
}

export function sendJson(
  response: ServerResponse,
  status: number,
  document: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json;charset=utf-8', ...headers });
  response.end(JSON.stringify(document));
}

export const HEX: string = '0123456789abcdef'.repeat(4);

/** The good answer of DescribeImage. */
export function sendDigest(response: ServerResponse, requestId = 'R'): void {
  sendJson(response, 200, { RequestId: requestId, Data: { Digest: HEX } });
}

export function sendError(
  response: ServerResponse,
  status: number,
  code: string,
  headers: Record<string, string> = {},
): void {
  sendJson(response, status, { RequestId: 'E', Code: code, Message: `${code}.` }, headers);
}

/**
 * One connection over the loopback, from connecting to its end. Whatever a program has closed or rejected before is seen by its other side
 * afterwards, because both sides share the event loop: a test that checks it then does not have to wait for it.
 */
export async function loopbackRoundTrip(): Promise<void> {
  const server = createSocketServer((socket) => socket.pipe(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server's address is always one
  await new Promise<void>((resolve, reject) => {
    connect(port, '127.0.0.1')
      .on('error', reject)
      .on('close', () => resolve())
      .resume()
      .end('x');
  });
  server.close();
}
