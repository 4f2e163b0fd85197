import type { IncomingMessage } from 'node:http';
import { AbortError, NetworkError, TimeoutError } from '../../errors/errors.ts';
import type { HttpResponse } from '../../protocol/request.ts';
import { loadModule } from '../../transport/load-module.ts';
import type { HostRequest } from './credential-host.ts';

/** Keys and tokens are a few kilobytes. */
const MAX_ANSWER_BYTES = 1024 * 1024;

/**
 * Sends one request on its own socket. Uses no proxy and follows no redirect.
 *
 * @throws {@link NetworkError} or {@link TimeoutError} when no complete answer arrived, {@link AbortError} on `signal`.
 */
export async function directRequest(request: HostRequest): Promise<HttpResponse> {
  const { method, headers, body, timeoutMs, signal } = request;
  const url = new URL(request.url);
  const http = await loadModule(url.protocol === 'https:' ? 'node:https' : 'node:http');
  return new Promise((resolve, reject) => {
    const outgoing = http.request(url, {
      method,
      headers: { ...headers, 'content-length': Buffer.byteLength(body ?? '') },
      agent: false,
    });
    const finish = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    };
    const fail = (error: Error): void => {
      finish();
      reject(error);
      outgoing.destroy();
    };
    const abort = (): void => fail(new AbortError('the request was aborted', { cause: signal?.reason }));
    const timer = setTimeout(
      () => fail(new TimeoutError(`no complete answer from ${url.host} within ${timeoutMs} ms`)),
      timeoutMs,
    );
    const failNetwork = (cause: unknown): void => {
      const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'connection fault';
      fail(new NetworkError(`no complete answer from ${url.host}: ${code}`, { cause }));
    };
    outgoing.on('error', failNetwork);
    if (signal?.aborted) return abort();
    signal?.addEventListener('abort', abort, { once: true });
    outgoing.on('response', (incoming) => {
      readBody(incoming).then((text) => {
        finish();
        resolve({
          status: incoming.statusCode ?? 0,
          header: (name) => [incoming.headers[name]].flat()[0],
          body: text,
        });
      }, failNetwork);
    });
    outgoing.end(body);
  });
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming) {
    const bytes = Buffer.from(chunk);
    chunks.push(bytes);
    length += bytes.length;
    if (length > MAX_ANSWER_BYTES) throw Object.assign(new Error('too large'), { code: 'ANSWER_TOO_LARGE' });
  }
  return Buffer.concat(chunks).toString('utf8');
}
