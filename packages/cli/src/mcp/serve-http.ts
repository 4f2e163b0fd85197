import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';

const HOST = '127.0.0.1';
const PATH = '/mcp';
const MAX_BODY_BYTES = 1024 * 1024;

/** Serves streamable HTTP on the loopback interface until the signal aborts. Requests are independent of each other. */
export async function serveHttp(
  connect: () => McpServer,
  port: number,
  signal: AbortSignal | undefined,
  onListening: (url: string) => void,
): Promise<void> {
  const http = createServer((request, response) => {
    answer(request, response, connect).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, HOST, resolve);
  });
  // A listening TCP server has an AddressInfo.
  const { port: actual } = http.address() as AddressInfo;
  onListening(`http://${HOST}:${actual}${PATH}`);
  await new Promise<void>((resolve) => {
    if (signal?.aborted) resolve();
    signal?.addEventListener('abort', () => resolve(), { once: true });
  });
  http.close();
  http.closeAllConnections();
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  connect: () => McpServer,
): Promise<void> {
  const refuse = (status: number, message: string): void => {
    response.writeHead(status, { 'content-type': 'text/plain' }).end(`${message}\n`);
  };
  // A web page can send requests to this port through a browser, under a host name of its own.
  if (
    !isLoopback(`http://${request.headers.host}`) ||
    !isLoopback(request.headers.origin ?? `http://${HOST}`)
  )
    return refuse(403, 'only for clients on this machine');
  if (request.url?.split('?', 1)[0] !== PATH) return refuse(404, `use ${PATH}`);
  if (request.method !== 'POST') return refuse(405, 'use POST');
  const body = await readJson(request);
  if (body === undefined) return refuse(400, 'the body must be JSON of at most 1 MiB');
  const server = connect();
  const transport = new StreamableHTTPServerTransport({});
  response.on('close', () => void server.close());
  await server.connect(transport);
  await transport.handleRequest(request, response, body);
}

function isLoopback(url: string): boolean {
  return URL.canParse(url) && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return undefined;
  }
}
