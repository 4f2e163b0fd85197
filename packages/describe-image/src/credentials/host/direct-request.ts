import type { IncomingMessage } from 'node:http';
import { NetworkError, TimeoutError } from '../../errors/errors.ts';
import type { HttpResponse } from '../../protocol/request.ts';
import { loadModule } from '../../transport/load-module.ts';
import type { HostRequest } from './credential-host.ts';

/** Keys and tokens are a few kilobytes. */
const MAX_ANSWER_BYTES = 1024 * 1024;

/**
 * One request on a socket of its own, through no proxy and to no redirect.
 *
 * @throws {@link NetworkError} or {@link TimeoutError} when no complete answer arrived.
 */
export async function directRequest(request: HostRequest): Promise<HttpResponse> {
  const { method, headers, body, timeoutMs } = request;
  const url = new URL(request.url);
  const http = await loadModule(url.protocol === 'https:' ? 'node:https' : 'node:http');
  return new Promise((resolve, reject) => {
    const outgoing = http.request(url, {
      method,
      headers: { ...headers, 'content-length': Buffer.byteLength(body ?? '') },
      agent: false,
    });
    const timer = setTimeout(() => {
      reject(new TimeoutError(`no complete answer from ${url.host} within ${timeoutMs} ms`));
      outgoing.destroy();
    }, timeoutMs);
    const fail = (cause: unknown): void => {
      clearTimeout(timer);
      const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'connection fault';
      reject(new NetworkError(`no complete answer from ${url.host}: ${code}`, { cause }));
    };
    outgoing.on('error', fail);
    outgoing.on('response', (incoming) => {
      readBody(incoming).then((text) => {
        clearTimeout(timer);
        resolve({
          status: incoming.statusCode ?? 0,
          header: (name) => [incoming.headers[name]].flat()[0],
          body: text,
        });
      }, fail);
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
