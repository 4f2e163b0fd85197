import { createClient } from '@describe-image/core';
import type { CredentialHost } from '@describe-image/core/credentials';
import { demoCredentials } from '@describe-image/emulator';
import { main } from '../src/main.ts';

export interface CliResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliSettings {
  /** Treats both streams as terminals. */
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly stdin?: string | undefined;
  /** Overrides the default host, which has no home directory and no metadata service. */
  readonly credentialHost?: Partial<CredentialHost> | undefined;
}

/** Runs the command line in this process, with the demo keys, against `url`. */
export async function runCli(
  url: string,
  argv: readonly string[],
  { isTTY, columns, environment, signal, stdin = '', credentialHost }: CliSettings = {},
): Promise<CliResult> {
  let stdout = '';
  let stderr = '';
  const exitCode = await main(argv, {
    stdout: { isTTY, columns, write: (text) => (stdout += text) },
    stderr: { isTTY, columns, write: (text) => (stderr += text) },
    readStdin: async () => stdin,
    environment: { ...demoEnvironment(url), ...environment },
    signal,
    credentialHost: {
      homeDirectory: () => '/no/home',
      metadataOrigin: 'http://127.0.0.1:9',
      ...credentialHost,
    },
    createClient,
  });
  return { exitCode, stdout, stderr };
}

export function demoEnvironment(url: string): Readonly<Record<string, string>> {
  return {
    DESCRIBE_IMAGE_ENDPOINT: url,
    ALIBABA_CLOUD_STS_ENDPOINT: url,
    ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true',
    ALIBABA_CLOUD_ACCESS_KEY_ID: demoCredentials.accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: demoCredentials.accessKeySecret,
  };
}
