import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { CredentialHost } from '../../src/credentials/host/credential-host.ts';
import { nodeHost } from '../../src/credentials/host/node-host.ts';

/** The time at which tests begin. */
export const START: number = Date.parse('2026-01-31T12:00:00Z');

/** A machine for one test: its own environment, home directory and clock, with the real files and sockets of Node. */
export interface Machine {
  readonly host: CredentialHost;
  readonly home: string;
  readonly environment: Record<string, string | undefined>;
  /** Writes a file below the home directory and returns its path. */
  readonly write: (path: string, content: string | object) => string;
  readonly advance: (milliseconds: number) => void;
}

export function machine(
  environment: Record<string, string | undefined> = {},
  overrides: Partial<CredentialHost> = {},
): Machine {
  const home = mkdtempSync(join(tmpdir(), 'credentials-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  let time = START;
  const host = nodeHost({
    environment,
    homeDirectory: () => home,
    now: () => time,
    // No program listens on port 9, and no request reaches the real address.
    metadataOrigin: 'http://127.0.0.1:9',
    ...overrides,
  });
  return {
    host,
    home,
    environment,
    write(path, content) {
      const file = join(home, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
      return file;
    },
    advance(milliseconds) {
      time += milliseconds;
    },
  };
}

/** A `~/.aliyun/config.json` with one profile, which is current. */
export function configOf(profile: Record<string, unknown>): object {
  return { current: 'dev', profiles: [{ name: 'dev', region_id: 'cn-hangzhou', ...profile }] };
}
