import { requestUrl } from '../../protocol/request.ts';
import { type Send, unknownEncoding } from '../send.ts';
import { withDeadline } from '../with-deadline.ts';
import { readStream } from './read-stream.ts';

/** The part of `fetch` that is used. Any implementation of it fits. @public */
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
  readonly body: { getReader(): StreamReader } | null;
}>;

/** The part of a `ReadableStreamDefaultReader` that is used. @public */
export interface StreamReader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
  cancel(): Promise<unknown>;
}

/**
 * A transport over any `fetch`: the default where there is no `node:net`.
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
      const { status, headers: received } = response;
      const body = response.body === null ? '' : await readText(response.body.getReader());
      const encoding = received.get('content-encoding') ?? '';
      if (body !== '' && !encoding.split(',').every((coding) => DECODED.test(coding.trim())))
        throw unknownEncoding(encoding, status);
      return { status, header: (name) => received.get(name) ?? undefined, body };
    });
}

/** The encodings that `fetch` decodes. It returns a body in any other encoding undecoded. */
const DECODED = /^(?:(?:x-)?gzip|deflate|br|zstd|identity)?$/i;

async function readText(reader: StreamReader): Promise<string> {
  const next = async (): Promise<Uint8Array | undefined> => {
    const { done, value } = await reader.read();
    return done ? undefined : value;
  };
  return new TextDecoder().decode(await readStream({ next, cancel: () => reader.cancel() }));
}
