import type { Credentials } from '../protocol/credentials.ts';
import type { SignedRequest, UnsignedRequest } from '../protocol/request.ts';
import type { SigningContext } from '../protocol/signing/signer.ts';
import type { Transport } from '../transport/transport.ts';
import type { ResolvedClientOptions } from './client-options.ts';

/** The differences between Node and other runtimes. Tests replace parts of it: it is the only source of time and randomness. */
export interface Runtime {
  /** Wall clock in milliseconds: for signatures and `observedAt`. */
  readonly now: () => number;
  /** Milliseconds by a clock that never steps: for durations and deadlines. */
  readonly monotonic: () => number;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Calls back after a wait for a retry or for the rate limit, unless the returned function is called before. */
  readonly wait: (milliseconds: number, done: () => void) => () => void;
  /** Called at the first signature. */
  readonly openSigner: () => RuntimeSigner | Promise<RuntimeSigner>;
  readonly openTransport: (options: ResolvedClientOptions) => Transport;
  /** Whether the default transport supports `proxy`, `tls` and `transport`. */
  readonly hasSockets: boolean;
}

export interface RuntimeSigner {
  /** 128 random bits in hex, never the same twice. */
  readonly nonce: () => string;
  readonly sign: (
    request: UnsignedRequest,
    credentials: Credentials,
    context: SigningContext,
  ) => SignedRequest | Promise<SignedRequest>;
}

/** {@link Runtime.wait} of both runtimes. */
export function waitByTimer(milliseconds: number, done: () => void): () => void {
  const timer = setTimeout(done, milliseconds);
  return () => clearTimeout(timer);
}
