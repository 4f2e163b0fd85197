import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** One port that forwards connections to several back ends. */
export interface SharedPort extends AsyncDisposable {
  readonly url: string;
}

/**
 * Forwards each connection to the next target port in turn, or to another one if that one refuses it. It forwards bytes, so web sockets work
 * too.
 */
export async function sharePort(port: number, targets: readonly number[]): Promise<SharedPort> {
  const clients = new Set<Socket>();
  let connections = 0;
  const server = createServer((client) => {
    clients.add(client);
    client.on('close', () => clients.delete(client)).on('error', () => client.destroy());
    connections += 1;
    forward(client, connections, targets.length);
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.close();
      for (const client of clients) client.destroy();
    },
  };

  function forward(client: Socket, first: number, attempts: number): void {
    if (attempts === 0) {
      client.destroy();
      return;
    }
    const upstream = connect(targets[first % targets.length] ?? 0, '127.0.0.1');
    const tryNext = (): void => forward(client, first + 1, attempts - 1);
    upstream.once('error', tryNext);
    upstream.once('connect', () => {
      upstream.off('error', tryNext);
      upstream.on('error', () => client.destroy()).on('close', () => client.destroy());
      client.on('close', () => upstream.destroy());
      client.pipe(upstream).pipe(client);
    });
  }
}
