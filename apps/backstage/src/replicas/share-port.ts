import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** One port in front of several back ends. */
export interface SharedPort extends AsyncDisposable {
  readonly url: string;
  /** How many connections each port behind it has taken, in the order in which they were given. */
  taken(): readonly number[];
}

/**
 * Gives every connection to the next back end in turn, and to another one when that one takes none. Bytes go through as they are, so
 * web sockets do too.
 */
export async function sharePort(port: number, behind: readonly number[]): Promise<SharedPort> {
  const taken = behind.map(() => 0);
  const open = new Set<Socket>();
  let turn = 0;
  const server = createServer((client) => {
    open.add(client);
    client.on('close', () => open.delete(client)).on('error', () => client.destroy());
    turn += 1;
    tryNext(client, turn, behind.length);
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken: () => [...taken],
    async [Symbol.asyncDispose]() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };

  function tryNext(client: Socket, first: number, left: number): void {
    if (left === 0) {
      client.destroy();
      return;
    }
    const index = first % behind.length;
    const upstream = connect(behind[index] ?? 0, '127.0.0.1');
    const tryAnother = (): void => tryNext(client, first + 1, left - 1);
    upstream.once('error', tryAnother);
    upstream.once('connect', () => {
      upstream.off('error', tryAnother);
      taken[index] = (taken[index] ?? 0) + 1;
      upstream.on('error', () => client.destroy()).on('close', () => client.destroy());
      client.on('close', () => upstream.destroy());
      client.pipe(upstream).pipe(client);
    });
  }
}
