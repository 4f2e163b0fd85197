import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A received request. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Reply {
  readonly status?: number;
  readonly json?: unknown;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Server {
  readonly origin: string;
  readonly requests: Received[];
}

/** A server on a free port of this machine, closed when the test ends. `undefined` sends no answer, `'cut'` closes the connection. */
export async function serve(
  answer: (request: Received) => Reply | undefined | 'cut' | Promise<Reply | undefined | 'cut'>,
): Promise<Server> {
  const requests: Received[] = [];
  const server = createServer(async (incoming, outgoing) => {
    let body = '';
    for await (const chunk of incoming) body += chunk;
    const url = new URL(incoming.url ?? '/', 'http://host');
    const headers = Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
    );
    const received = {
      method: incoming.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers,
      body,
    };
    requests.push(received);
    const reply = await answer(received);
    if (reply === 'cut') return incoming.socket.destroy();
    if (reply === undefined) return;
    // Tests change the local clock, so only tests of clock skew send a date.
    outgoing.sendDate = false;
    outgoing.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers });
    outgoing.end(reply.text ?? JSON.stringify(reply.json));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}
