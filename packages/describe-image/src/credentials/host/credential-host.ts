import type { HttpResponse } from '../../protocol/request.ts';

/** One request to a source of credentials. @public */
export interface HostRequest {
  readonly method: 'GET' | 'PUT' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** How long the complete answer may take, in milliseconds. */
  readonly timeoutMs: number;
  /** Whether a proxy must not be used: the service is on this machine or its network, and its answer holds keys. */
  readonly direct: boolean;
  /** Aborts when no caller waits for the answer any more. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Everything that providers need of the machine they run on. No provider uses the environment, files, clock, network or
 * processes in any other way.
 *
 * @public
 */
export interface CredentialHost {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly homeDirectory: () => string;
  /** Rejects with an error whose `code` is `ENOENT` when there is no such file. */
  readonly readFile: (path: string) => Promise<string>;
  /** Epoch milliseconds by the local clock. */
  readonly now: () => number;
  /** Milliseconds by a monotonic clock, for durations. @defaultValue `now` */
  readonly monotonicNow?: (() => number) | undefined;
  /** 128 random bits in hex. */
  readonly nonce: () => string;
  /** Follows no redirect. Rejects with a NetworkError or a TimeoutError when no complete answer arrived. */
  readonly request: (request: HostRequest) => Promise<HttpResponse>;
  /** Runs a program without a shell and returns its standard output. Absent where no program can be run. */
  readonly runProcess?:
    | ((
        command: string,
        parameters: readonly string[],
        timeoutMs: number,
        signal?: AbortSignal | undefined,
      ) => Promise<string>)
    | undefined;
  /** The address of the ECS metadata service, for example `http://100.100.100.200`. */
  readonly metadataOrigin: string;
}

/** A copy of the host whose requests and programs end when `signal` aborts. */
export function abortable(host: CredentialHost, signal: AbortSignal | undefined): CredentialHost {
  const { runProcess } = host;
  return {
    ...host,
    request: (request) => host.request({ ...request, signal }),
    runProcess:
      runProcess &&
      ((command, parameters, timeoutMs) => runProcess.call(host, command, parameters, timeoutMs, signal)),
  };
}

/** The value of the first environment variable that is set, trimmed. An empty value counts as not set. */
export function variable({ environment }: CredentialHost, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = environment[name]?.trim();
    if (value) return value;
  }
  return undefined;
}

/** Whether a switch is on: `true` or `1`, in any case. */
export function isSwitchedOn(host: CredentialHost, name: string): boolean {
  return /^(true|1)$/i.test(variable(host, name) ?? '');
}
