import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** Receives the messages that a workflow sends to the incoming webhook of a chat. */
export interface ChatReceiver extends AsyncDisposable {
  readonly url: string;
  /** The bodies by the path of the request. */
  readonly messages: ReadonlyMap<string, unknown>;
}

/** Starts a receiver on this machine. */
export async function startChatReceiver(): Promise<ChatReceiver> {
  const messages = new Map<string, unknown>();
  const server = createServer(async (request, response) => {
    messages.set(request.url ?? '', JSON.parse(await text(request)));
    response.setHeader('content-type', 'application/json').end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // listens on TCP
  return {
    url: `http://127.0.0.1:${port}`,
    messages,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
