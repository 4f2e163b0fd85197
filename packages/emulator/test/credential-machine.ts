import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Client, type CredentialProvider, createClient } from '@describe-image/core';
import { type CredentialHost, nodeHost } from '@describe-image/core/credentials';
import { onTestFinished } from 'vitest';
import { createEmulator, type Emulator, type Seed } from '../src/index.ts';
import { testSeed } from './start.ts';

export const ACCOUNT = '1234567890123456';
export const READER: string = `acs:ram::${ACCOUNT}:role/reader`;
export const PROVIDER: string = `acs:ram::${ACCOUNT}:oidc-provider/ack`;

const seed: Seed = {
  ...testSeed,
  keys: [
    { accessKeyId: 'testid', accessKeySecret: 'testsecret', user: 'tester' },
    { accessKeyId: 'STS.testid', accessKeySecret: 'testsecret', securityToken: 'testtoken' },
  ],
  roles: [
    { name: 'reader' },
    { name: 'gate', trust: { users: ['tester'] } },
    { name: 'behind-gate', trust: { users: [], roles: ['gate'] } },
    { name: 'partner', trust: { externalId: 'partner-7' } },
  ],
  oidcProviders: [{ name: 'ack' }],
  metadata: { role: 'reader' },
};

/** An emulator, and a host whose environment and home directory refer only to that emulator. */
export interface CredentialMachine {
  readonly emulator: Emulator;
  readonly host: CredentialHost;
  readonly home: string;
  readonly environment: Record<string, string | undefined>;
  /** Writes a file below the home directory and returns its path. */
  readonly write: (path: string, content: string | object) => string;
  /** A client of the emulator that signs with these credentials. */
  readonly client: (credentials: CredentialProvider) => Client;
  /** How many requests of an operation were answered with HTTP 200 so far. */
  readonly answered: (operation: string) => number;
}

export async function credentialMachine(changes: Seed = {}): Promise<CredentialMachine> {
  const emulator = await createEmulator({ seed: { ...seed, ...changes } });
  const home = mkdtempSync(join(tmpdir(), 'emulator-credentials-'));
  onTestFinished(async () => {
    rmSync(home, { recursive: true, force: true });
    await emulator.close();
  });
  const environment: Record<string, string | undefined> = { ALIBABA_CLOUD_STS_ENDPOINT: emulator.url };
  return {
    emulator,
    home,
    environment,
    host: nodeHost({ environment, homeDirectory: () => home, metadataOrigin: emulator.metadataUrl }),
    write(path, content) {
      const file = join(home, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
      return file;
    },
    client(credentials) {
      const client = createClient({ endpoint: emulator.url, credentials });
      onTestFinished(() => client.close());
      return client;
    },
    answered: (operation) =>
      emulator.requests.filter((request) => request.operation === operation && request.status === 200).length,
  };
}
