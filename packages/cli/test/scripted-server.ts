import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ScriptedServer {
  readonly url: string;
  /** Number of requests received. */
  readonly count: number;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A server whose responses the test writes, for behaviour that the emulator does not have. */
export async function scriptedServer(
  respond: (response: ServerResponse, request: IncomingMessage, number: number) => void,
): Promise<ScriptedServer> {
  let count = 0;
  const server = createServer((request, response) => respond(response, request, ++count));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a listening TCP server has an AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    get count() {
      return count;
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Sends an error document in the gateway's format. */
export function sendError(response: ServerResponse, status: number, code: string, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json', 'x-acs-request-id': REQUEST_ID });
  response.end(JSON.stringify({ Code: code, Message: message, RequestId: REQUEST_ID }));
}

/** Sends a page of the inventory. */
export function sendPage(
  response: ServerResponse,
  rows: readonly object[],
  total: number = rows.length,
): void {
  response.writeHead(200, { 'content-type': 'application/json', 'x-acs-request-id': REQUEST_ID });
  response.end(
    JSON.stringify({
      RequestId: REQUEST_ID,
      ImageInstanceList: rows,
      PageInfo: { TotalCount: total, CurrentPage: 1, PageSize: 100, Count: rows.length },
    }),
  );
}

export const REQUEST_ID = '5A1F0E6C-0000-4000-8000-00000000C0DE';
