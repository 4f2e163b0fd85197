import type { Client, ClientOptions } from '@describe-image/core';
import type { CredentialHost } from '@describe-image/core/credentials';

/** An output stream: `process.stdout`, or a test's own. */
export interface CliStream {
  write(text: string): unknown;
  /** Resolves when the reader has caught up. Absent: output is never throttled. */
  readonly drained?: (() => Promise<unknown> | undefined) | undefined;
  /** Whether the stream is a terminal. Terminals get colours and tables. */
  readonly isTTY?: boolean | undefined;
  /** Width of the terminal in characters. */
  readonly columns?: number | undefined;
}

/** Everything outside the program that a command uses. */
export interface CliContext {
  /** Results only. */
  readonly stdout: CliStream;
  /** Errors, warnings and notes. */
  readonly stderr: CliStream;
  /** Reads stdin to its end. Absent: stdin is empty. */
  readonly readStdin?: (() => Promise<string>) | undefined;
  /** Receives the exit code that is known before the command ends, for a reader that closes stdout early. */
  readonly onExitCode?: ((exitCode: number) => void) | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Overrides for the machine that credentials are read from: home directory, metadata service. */
  readonly credentialHost?: Partial<CredentialHost> | undefined;
  /** Aborts calls in flight. */
  readonly signal?: AbortSignal | undefined;
  readonly createClient: (options: ClientOptions) => Client | Promise<Client>;
}
