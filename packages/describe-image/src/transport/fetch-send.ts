import { requestUrl } from '../protocol/request-target.ts';
import { checkSize, type Send } from './send.ts';
import { withDeadline } from './with-deadline.ts';

/** The part of `fetch` that is used; any implementation of it fits. */
export type Fetch = (
  url: string,
  init: {
    method: string;
    headers: Record<string, string>;
    body?: string | Uint8Array<ArrayBuffer>;
    signal: AbortSignal;
    redirect: 'manual';
  },
) => Promise<{
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}>;

/**
 * A transport over any `fetch`: the default where there is no `node:http`.
 *
 * @example
 * ```ts
 * import { createClient } from '@describe-image/core';
 * import { fetchSend } from '@describe-image/core/transport';
 *
 * export const client = createClient({
 *   credentials: { accessKeyId: 'testid', accessKeySecret: 'testsecret' },
 *   send: fetchSend(fetch),
 * });
 * ```
 *
 * @public
 */
export function fetchSend(fetch: Fetch): Send {
  return (request, options) =>
    withDeadline(request.endpoint.host, options, async (signal) => {
      // Callers may not set `host`: fetch derives the same text from the URL.
      const { host: _, ...headers } = request.headers;
      const { body: sent } = request;
      const response = await fetch(requestUrl(request), {
        method: request.method,
        headers,
        ...(sent === undefined ? {} : { body: typeof sent === 'string' ? sent : Uint8Array.from(sent) }),
        signal,
        redirect: 'manual',
      });
      const body = await response.text();
      checkSize(body.length);
      return { status: response.status, header: (name) => response.headers.get(name) ?? undefined, body };
    });
}
