import * as crypto from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import type { HttpResponse } from '../../protocol/request.ts';
import { nodeSend } from '../../transport/node-send.ts';
import type { CredentialHost, HostRequest } from './credential-host.ts';
import { directRequest } from './direct-request.ts';

/**
 * This machine: the environment and files of the process, its clock, and `node:http(s)`.
 *
 * @param overrides - What to replace, for example `environment` in tests.
 * @public
 */
export function nodeHost(overrides: Partial<CredentialHost> = {}): CredentialHost {
  return {
    environment: process.env,
    homeDirectory: homedir,
    readFile: (path) => readFile(path, 'utf8'),
    now: Date.now,
    nonce: () => crypto.randomBytes(16).toString('hex'),
    request,
    runProcess,
    metadataOrigin: 'http://100.100.100.200',
    ...overrides,
  };
}

/** Through the proxy of the environment unless it must be direct. Requests are rare: no socket is kept. */
async function request(hostRequest: HostRequest): Promise<HttpResponse> {
  const { method, url, headers, body, timeoutMs, direct } = hostRequest;
  if (direct || method === 'PUT') return directRequest(hostRequest);
  const { protocol, host, hostname, port, pathname, search } = new URL(url);
  const secure = protocol === 'https:';
  const transport = nodeSend({ maxSockets: 1, proxy: 'environment' });
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
    return await transport.send({ ...sent, headers: { host, ...headers } }, { timeoutMs });
  } finally {
    transport.close?.();
  }
}

async function runProcess(
  command: string,
  parameters: readonly string[],
  timeoutMs: number,
): Promise<string> {
  const { execFile } = await import('node:child_process');
  return new Promise((resolve, reject) => {
    const child = execFile(
      command,
      [...parameters],
      { timeout: timeoutMs, killSignal: 'SIGKILL', maxBuffer: 1024 * 1024, windowsHide: true, shell: false },
      (error, stdout) => (error ? reject(error) : resolve(stdout)),
    );
    // A program that waits for input would wait for ever.
    child.stdin?.end();
  });
}
