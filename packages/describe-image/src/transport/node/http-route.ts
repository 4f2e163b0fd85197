import type * as Http from 'node:http';
import type * as Https from 'node:https';
import { type Endpoint, requestTarget, type SignedRequest } from '../../protocol/request.ts';
import { networkError } from '../network-error.ts';
import { checkSize } from '../send.ts';
import type { Exchange, Receiver, Transport } from '../transport.ts';
import { loadModule } from './load-module.ts';
import type { ProxySetting } from './proxy-for.ts';
import type { TlsTarget } from './tls-options.ts';

/** Sends to one origin by `node:http(s)`: directly, or inside a tunnel where the settings name a proxy. */
export async function openHttpRoute(
  endpoint: Endpoint,
  maxSockets: number,
  proxy: ProxySetting,
  tls: TlsTarget,
): Promise<Transport> {
  const secure = endpoint.protocol === 'https:';
  const { request, Agent } = secure ? await loadModule('node:https') : await loadModule('node:http');
  const agent = new Agent({
    keepAlive: true,
    maxSockets,
    scheduling: 'lifo',
    ...(secure && tls),
  });
  if (proxy !== false) {
    const { tunnelThroughProxy } = await import('./tunnel-through-proxy.ts');
    await tunnelThroughProxy(agent, endpoint, proxy, tls);
  }
  return {
    start: (signed, receiver) => new HttpExchange(request, agent, signed, receiver),
    close: () => agent.destroy(),
  };
}

class HttpExchange implements Exchange {
  readonly #host: string;
  #receiver: Receiver | undefined;
  #outgoing: Http.ClientRequest | undefined;

  constructor(
    send: typeof Http.request,
    agent: Http.Agent | Https.Agent,
    request: SignedRequest,
    receiver: Receiver,
  ) {
    this.#host = request.endpoint.host;
    this.#receiver = receiver;
    const fail = (cause: unknown): void => this.#fail(cause);
    try {
      this.#outgoing = send(requestOptions(agent, request));
      this.#outgoing.on('error', fail);
      this.#outgoing.on('response', (incoming) => this.#readBody(incoming, fail));
      this.#outgoing.end(request.body);
    } catch (error) {
      // `http.request` throws for headers that it does not send.
      process.nextTick(fail, error);
    }
  }

  cancel(): void {
    if (this.#receiver === undefined) return;
    this.#receiver = undefined;
    this.#outgoing?.destroy();
  }

  #fail(cause: unknown): void {
    const receiver = this.#receiver;
    this.cancel();
    receiver?.onError(networkError(this.#host, cause));
  }

  #readBody(incoming: Http.IncomingMessage, fail: (cause: unknown) => void): void {
    const { statusCode: status = 0, headers } = incoming;
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
      const bytes = Buffer.concat(chunks);
      const encoding = headers['content-encoding'];
      const respond = (body: string): void => {
        const receiver = this.#receiver;
        this.#receiver = undefined;
        receiver?.onResponse({ status, header: (name) => firstOf(headers[name]), body });
      };
      if (encoding === undefined || /^identity$/i.test(encoding) || length === 0) respond(bytes.toString());
      else
        import('./decode-body.ts')
          .then(({ decodeBody }) => decodeBody(bytes, encoding, status))
          .then(respond, fail);
    });
  }
}

function requestOptions(agent: Http.Agent | Https.Agent, request: SignedRequest): Http.RequestOptions {
  const { endpoint, headers: signed, body, method } = request;
  // Node sends a flat list of names and values unchanged and in its order.
  const headers: string[] = [];
  for (const name in signed) headers.push(name, signed[name] ?? '');
  headers.push('content-length', String(body === undefined ? 0 : Buffer.byteLength(body)));
  const host = endpoint.hostname.replace(/^\[|]$/g, '');
  return { host, port: endpoint.port, method, path: requestTarget(request), headers, agent };
}

function firstOf(value: string | string[] | undefined): string | undefined {
  return typeof value === 'object' ? value[0] : value;
}
