import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface AnsweringServer {
  readonly url: string;
  /** Requests so far. */
  readonly count: number;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A service that answers as the test says: for what a well-behaved one never does. */
export async function answeringServer(
  answer: (response: ServerResponse, request: IncomingMessage, number: number) => void,
): Promise<AnsweringServer> {
  let count = 0;
  const server = createServer((request, response) => answer(response, request, ++count));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server that listens has one
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

/** An error document as the gateway writes it. */
export function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json', 'x-acs-request-id': REQUEST_ID });
  response.end(JSON.stringify({ Code: code, Message: message, RequestId: REQUEST_ID }));
}

/** A page of the inventory. */
export function answerPage(
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
