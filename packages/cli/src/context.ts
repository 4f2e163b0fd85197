import type { Client, ClientOptions } from '@describe-image/core';
import type { CredentialHost } from '@describe-image/core/credentials';

/** Where text goes. `process.stdout` is one; a test's is an array. */
export interface CliStream {
  write(text: string): unknown;
  /** Settles when the reader has caught up. Without it, nothing is ever waited for. */
  readonly drained?: (() => Promise<unknown> | undefined) | undefined;
  /** Whether a person is looking: decides on colours and tables. */
  readonly isTTY?: boolean | undefined;
  /** Width in characters, of a terminal. */
  readonly columns?: number | undefined;
}

/** Everything that a command may touch. */
export interface CliContext {
  /** Data alone. */
  readonly stdout: CliStream;
  /** Words for people: errors, warnings, notes. */
  readonly stderr: CliStream;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What replaces the machine that keys are looked for on: its home directory, its metadata service. */
  readonly credentialHost?: Partial<CredentialHost> | undefined;
  /** Aborts the call under way. */
  readonly signal?: AbortSignal | undefined;
  readonly createClient: (options: ClientOptions) => Client | Promise<Client>;
}
