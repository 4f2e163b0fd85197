import type { HttpResponse } from '../../protocol/request.ts';

/** One request to a source of credentials. */
export interface HostRequest {
  readonly method: 'GET' | 'PUT' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** How long it may take, answer included. */
  readonly timeoutMs: number;
  /** Never through a proxy: what answers is on this machine or beside it, and keys come back. */
  readonly direct: boolean;
}

/**
 * Everything that providers need of the machine they run on. No provider touches the environment, files, clock, network or
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
  /** 128 random bits in hex. */
  readonly nonce: () => string;
  /** Follows no redirect. Rejects with a NetworkError or a TimeoutError when no complete answer arrived. */
  readonly request: (request: HostRequest) => Promise<HttpResponse>;
  /** Runs a program without a shell and returns what it wrote to its standard output. Absent where none can be run. */
  readonly runProcess?:
    | ((command: string, parameters: readonly string[], timeoutMs: number) => Promise<string>)
    | undefined;
  /** Where the ECS metadata service answers, for example `http://100.100.100.200`. */
  readonly metadataOrigin: string;
}
