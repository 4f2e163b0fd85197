import type { IncomingMessage, RequestOptions } from 'node:http';
import { AbortError, DescribeImageError, NetworkError, TimeoutError } from '../errors/errors.ts';
import type { HttpResponse, SignedRequest } from '../protocol/request.ts';
import { requestTarget } from '../protocol/request-target.ts';
import { type NodeRoute, openRoute } from './node-route.ts';
import type { ProxySetting } from './proxy-setting.ts';
import { checkSize, type Transport } from './send.ts';

/** How to connect. */
export interface NodeSendOptions {
  /** Sockets to one host. More requests than these wait. */
  readonly maxSockets: number;
  readonly proxy: ProxySetting;
}

/**
 * The default transport in Node: `node:http(s)` with keep-alive, at less than half the CPU of `fetch`. Both modules are
 * loaded when first needed, since loading them costs more than a call.
 */
export function nodeSend({ maxSockets, proxy }: NodeSendOptions): Transport {
  const routes = new Map<string, Promise<NodeRoute> | NodeRoute>();

  function routeTo({ endpoint }: SignedRequest): Promise<NodeRoute> | NodeRoute {
    const origin = endpoint.protocol + endpoint.host;
    const known = routes.get(origin);
    if (known !== undefined) return known;
    const opening = openRoute(endpoint, proxy, maxSockets);
    routes.set(origin, opening);
    opening.then(
      (route) => routes.set(origin, route),
      () => routes.delete(origin),
    );
    return opening;
  }

  return {
    async send(request, { timeoutMs, signal }) {
      const route = routeTo(request);
      return exchange(route instanceof Promise ? await route : route, request, timeoutMs, signal);
    },
    close() {
      for (const route of routes.values()) if (!(route instanceof Promise)) route.agent.destroy();
      routes.clear();
    },
  };
}

function exchange(
  route: NodeRoute,
  request: SignedRequest,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    const { host } = request.endpoint;
    const outgoing = route.request(requestOptions(route, request));
    const finish = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    };
    const fail = (error: Error): void => {
      finish();
      reject(error);
      outgoing.destroy();
    };
    const abort = (): void => fail(new AbortError('the call was aborted', { cause: signal?.reason }));
    const timer = setTimeout(
      () => fail(new TimeoutError(`no complete answer from ${host} within ${timeoutMs} ms`)),
      timeoutMs,
    );
    // Before anything else: a request that is destroyed unsent emits an error too.
    const failNetwork = (cause: unknown): void => fail(networkError(host, cause));
    outgoing.on('error', failNetwork);
    if (signal?.aborted) return abort();
    signal?.addEventListener('abort', abort, { once: true });

    outgoing.on('response', (incoming) => {
      readBody(incoming, failNetwork, (body) => {
        finish();
        resolve({ status: incoming.statusCode ?? 0, header: (name) => singleHeader(incoming, name), body });
      });
    });
    outgoing.end(request.body);
  });
}

function requestOptions({ agent, host, port }: NodeRoute, request: SignedRequest): RequestOptions {
  const { headers: signed, body, method } = request;
  // A flat list of names and values is written out as it stands: a quarter less CPU than an object.
  const headers: string[] = [];
  for (const name in signed) headers.push(name, signed[name] ?? '');
  headers.push('content-length', String(body === undefined ? 0 : Buffer.byteLength(body)));
  return { host, port, method, path: requestTarget(request), headers, agent };
}

/** By events: iterating over the stream would cost a tenth of the whole call. */
function readBody(
  incoming: IncomingMessage,
  fail: (cause: unknown) => void,
  done: (body: string) => void,
): void {
  const chunks: Buffer[] = [];
  let length = 0;
  incoming.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    length += chunk.length;
    try {
      checkSize(length);
    } catch (error) {
      fail(error);
    }
  });
  incoming.on('error', fail);
  incoming.on('end', () => {
    const bytes = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
    const encoding = incoming.headers['content-encoding'];
    if (encoding === undefined || encoding === 'identity' || length === 0) done(bytes.toString());
    else import('./decode-body.ts').then(({ decodeBody }) => decodeBody(bytes, encoding)).then(done, fail);
  });
}

function networkError(host: string, cause: unknown): Error {
  if (DescribeImageError.isInstance(cause)) return cause;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'connection fault';
  return new NetworkError(`no complete answer from ${host}: ${code}`, { cause });
}

function singleHeader({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : value?.[0];
}
