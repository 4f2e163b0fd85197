import { type AddressInfo, createServer as createPlainServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { onTestFinished } from 'vitest';

/** One request on its raw socket. */
interface RawRequest {
  readonly socket: Socket;
  /** Request line and headers. */
  readonly head: string;
  /** From 0 over all connections. */
  readonly index: number;
  /** From 0 on this connection. */
  readonly indexOnSocket: number;
}

/** Writes what the server sends, byte for byte, or nothing. */
export type Script = (request: RawRequest) => void;

export interface FaultServer {
  readonly port: number;
  readonly requests: () => number;
  readonly openSockets: () => number;
}

/** A server over raw sockets, because an HTTP server could not break the protocol. It is closed when the test ends. */
export async function startFaultServer(
  script: Script,
  { tls, onConnection }: { tls?: TlsOptions; onConnection?: ((socket: Socket) => void) | undefined } = {},
): Promise<FaultServer> {
  const sockets = new Set<Socket>();
  let requests = 0;
  const accept = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    onConnection?.(socket);
    let received = '';
    let indexOnSocket = 0;
    socket.on('data', (bytes) => {
      received += bytes.toString('latin1');
      for (let end = received.indexOf('\r\n\r\n'); end >= 0; end = received.indexOf('\r\n\r\n')) {
        const head = received.slice(0, end);
        received = received.slice(end + 4);
        script({ socket, head, index: requests++, indexOnSocket: indexOnSocket++ });
      }
    });
  };
  const server: Server =
    tls === undefined
      ? createPlainServer(accept)
      : createTlsServer(tls, accept).on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // a TCP server's address is always one
  return { port, requests: () => requests, openSockets: () => sockets.size };
}

/** A complete response with a Content-Length. */
export function response(
  body: string | Buffer,
  { status = '200 OK', headers = '' }: { readonly status?: string; readonly headers?: string } = {},
): Buffer {
  const bytes = Buffer.from(body);
  return Buffer.concat([
    Buffer.from(
      `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\n${headers}Content-Length: ${bytes.length}\r\n\r\n`,
    ),
    bytes,
  ]);
}

const DIGEST = '0123456789abcdef'.repeat(4);

/** The good answer of DescribeImage. */
export const GOOD: Buffer = response(JSON.stringify({ RequestId: 'R', Data: { Digest: DIGEST } }));

/** An error as the service writes it. */
export function apiError(status: string, code: string, headers = ''): Buffer {
  return response(JSON.stringify({ RequestId: 'E', Code: code, Message: `${code}.` }), { status, headers });
}
