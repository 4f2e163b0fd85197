import * as crypto from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { homedir } from 'node:os';
import type { HttpResponse } from '../../protocol/request.ts';
import { readStream } from '../../transport/fetch/read-stream.ts';
import { loadModule } from '../../transport/node/load-module.ts';
import { nodeTransport } from '../../transport/node/node-transport.ts';
import { sendOverTransport } from '../../transport/send-over-transport.ts';
import { withDeadline } from '../../transport/with-deadline.ts';
import type { CredentialHost, HostRequest } from './credential-host.ts';

/**
 * The machine that the process runs on: its environment, files and clock, and its network.
 *
 * @param overrides - Members to replace, for example `environment` in tests. A clock in `now` replaces `monotonicNow` too.
 *
 * @example
 * ```ts
 * import { defaultCredentials, nodeHost } from '@describe-image/core/credentials';
 *
 * const host = nodeHost({ environment: { ALIBABA_CLOUD_PROFILE: 'dev' } });
 * const credentials = defaultCredentials({ host });
 * console.log((await credentials()).accessKeyId);
 * ```
 *
 * @public
 */
export function nodeHost(overrides: Partial<CredentialHost> = {}): CredentialHost {
  return {
    environment: process.env,
    homeDirectory: homedir,
    readFile: (path) => readFile(path, 'utf8'),
    now: Date.now,
    monotonicNow: overrides.now ?? (() => performance.now()),
    nonce: () => crypto.randomBytes(16).toString('hex'),
    request,
    runProcess,
    metadataOrigin: 'http://100.100.100.200',
    ...overrides,
  };
}

/** Uses the proxy of the environment unless the request is direct. Requests are rare, so no socket is kept open. */
async function request(hostRequest: HostRequest): Promise<HttpResponse> {
  const { method, url, headers, body, timeoutMs, direct, signal } = hostRequest;
  if (direct || method === 'PUT') return directRequest(hostRequest);
  const { protocol, host, hostname, port, pathname, search } = new URL(url);
  const secure = protocol === 'https:';
  const transport = nodeTransport({ maxSockets: 1, proxy: 'environment' });
  try {
    const endpoint = {
      protocol: secure ? 'https:' : 'http:',
      host,
      hostname,
      port: Number(port) || (secure ? 443 : 80),
      path: pathname,
      reason: 'a source of credentials',
    } as const;
    const sent = { method, endpoint, query: search.slice(1), body, canonicalRequest: '', stringToSign: '' };
    return await sendOverTransport(transport)(
      { ...sent, headers: { host, ...headers } },
      { timeoutMs, signal },
    );
  } finally {
    transport.close?.();
  }
}

/** Sends one request on its own socket, by any method and without a proxy. */
function directRequest({
  method,
  url,
  headers,
  body,
  timeoutMs,
  signal,
}: HostRequest): Promise<HttpResponse> {
  const target = new URL(url);
  return withDeadline(target.host, { timeoutMs, signal }, async (abort) => {
    const http = await loadModule(target.protocol === 'https:' ? 'node:https' : 'node:http');
    const outgoing = http.request(target, {
      method,
      headers: { ...headers, 'content-length': Buffer.byteLength(body ?? '') },
      agent: false,
      signal: abort,
    });
    const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
      outgoing.on('response', resolve).on('error', reject).end(body);
    });
    const parts: AsyncIterator<Buffer> = incoming[Symbol.asyncIterator]();
    const bytes = await readStream({
      next: async () => (await parts.next()).value,
      cancel: async () => outgoing.destroy(),
    });
    return {
      status: incoming.statusCode ?? 0,
      header: (name) => [incoming.headers[name]].flat()[0],
      body: Buffer.from(bytes).toString(),
    };
  });
}

async function runProcess(
  command: string,
  parameters: readonly string[],
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<string> {
  const { execFile } = await import('node:child_process');
  return new Promise((resolve, reject) => {
    const child = execFile(
      command,
      [...parameters],
      {
        signal,
        timeout: timeoutMs,
        killSignal: 'SIGKILL',
        maxBuffer: 1024 * 1024,
        windowsHide: true,
        shell: false,
      },
      (error, stdout) => (error ? reject(error) : resolve(stdout)),
    );
    // A program that reads its input must not wait for it.
    child.stdin?.end();
  });
}
