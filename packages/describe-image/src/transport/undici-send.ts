import { requestTarget } from '../protocol/request-target.ts';
import { checkSize, type Send } from './send.ts';
import { withDeadline } from './with-deadline.ts';

/** The part of an undici dispatcher (Agent, Pool, ProxyAgent, MockAgent) that is used. */
export interface Dispatcher {
  request(options: {
    origin: string;
    path: string;
    method: 'GET' | 'POST';
    headers: Record<string, string>;
    body: string | Uint8Array | null;
    signal: AbortSignal;
  }): Promise<{
    statusCode: number;
    headers: Record<string, string | string[] | undefined>;
    body: { text(): Promise<string> };
  }>;
}

/**
 * A transport over an undici dispatcher; undici stays the caller's dependency.
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
      const text = await body.text();
      checkSize(text.length);
      return { status: statusCode, header: (name) => [headers[name]].flat()[0], body: text };
    });
}
