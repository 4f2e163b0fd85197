import { type HttpMethod, requestTarget } from '../../protocol/request.ts';
import type { Send } from '../send.ts';
import { withDeadline } from '../with-deadline.ts';
import { readStream } from './read-stream.ts';

/** The part of an undici dispatcher (Agent, Pool, ProxyAgent, MockAgent) that is used. @public */
export interface Dispatcher {
  request(options: {
    origin: string;
    path: string;
    method: HttpMethod;
    headers: Record<string, string>;
    body: string | Uint8Array | null;
    signal: AbortSignal;
  }): Promise<{
    statusCode: number;
    headers: Record<string, string | string[] | undefined>;
    body: AsyncIterable<Uint8Array>;
  }>;
}

/**
 * A transport over an undici dispatcher. The caller installs undici.
 *
 * @example
 * ```ts
 * import { createClient } from '@describe-image/core';
 * import { undiciSend } from '@describe-image/core/transport';
 * import { ProxyAgent } from 'undici';
 *
 * export const client = createClient({
 *   credentials: { accessKeyId: 'testid', accessKeySecret: 'testsecret' },
 *   send: undiciSend(new ProxyAgent('http://127.0.0.1:3128')),
 * });
 * ```
 *
 * @public
 */
export function undiciSend(dispatcher: Dispatcher): Send {
  return (request, options) =>
    withDeadline(request.endpoint.host, options, async (signal) => {
      const { statusCode, headers, body } = await dispatcher.request({
        origin: `${request.endpoint.protocol}//${request.endpoint.host}`,
        path: requestTarget(request),
        method: request.method,
        headers: { ...request.headers },
        body: request.body ?? null,
        signal,
      });
      const header = (name: string): string | undefined => [headers[name]].flat()[0];
      const bytes = await readParts(body);
      return {
        status: statusCode,
        header,
        body: await decode(bytes, header('content-encoding'), statusCode),
      };
    });
}

function readParts(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts = body[Symbol.asyncIterator]();
  return readStream({
    async next() {
      const { done, value } = await parts.next();
      return done ? undefined : value;
    },
    cancel: async () => parts.return?.(),
  });
}

/** Dispatchers do not decompress. */
async function decode(bytes: Uint8Array, encoding: string | undefined, status: number): Promise<string> {
  if (encoding === undefined || bytes.length === 0 || /^identity$/i.test(encoding))
    return new TextDecoder().decode(bytes);
  const { decodeBody } = await import('../node/decode-body.ts');
  return decodeBody(bytes, encoding, status);
}
