import { readFileSync } from 'node:fs';
import { Agent } from 'undici';
import { onTestFinished } from 'vitest';
import type { ClientOptions } from '../../src/client/client-options.ts';
import { fetchSend, undiciSend } from '../../src/transport/index.ts';

export type TransportName = 'sockets' | 'node:http' | 'fetch' | 'undici';

export const TRANSPORTS: readonly TransportName[] = ['sockets', 'node:http', 'fetch', 'undici'];

interface TlsSettings {
  readonly ca?: string;
  readonly servername?: string;
  readonly minVersion?: 'TLSv1.3';
  readonly cert?: string;
  readonly key?: string;
  readonly passphrase?: string;
}

/** The options of a client over this transport. */
export function optionsFor(name: TransportName, tls?: TlsSettings): Partial<ClientOptions> {
  switch (name) {
    case 'sockets':
      return { proxy: false, tls };
    case 'node:http':
      return { proxy: false, tls, transport: 'node:http' };
    case 'fetch':
      return { send: fetchSend((url, init) => fetch(url, init)) };
    case 'undici': {
      const agent = new Agent(tls === undefined ? {} : { connect: tls });
      onTestFinished(() => agent.destroy());
      return { send: undiciSend(agent) };
    }
  }
}

export function fixture(name: string): string {
  return readFileSync(new URL(`../fixtures/${name}.pem`, import.meta.url), 'utf8');
}
