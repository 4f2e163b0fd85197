import type { Credentials } from '../protocol/credentials.ts';
import type { SigningContext } from '../protocol/draft-request.ts';
import type { SignedRequest, UnsignedRequest } from '../protocol/request.ts';
import type { Transport } from '../transport/send.ts';
import type { ResolvedClientOptions } from './client-options.ts';

/** What differs between Node and everywhere else, and what tests replace: the only source of time and chance. */
export interface Runtime {
  readonly now: () => number;
  /** From 0 to 1. */
  readonly random: () => number;
  /** 128 random bits in hex, never the same twice. */
  readonly nonce: () => string;
  /** Rejects with an AbortError when the signal fires. */
  readonly sleep: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;
  readonly sign: (
    request: UnsignedRequest,
    credentials: Credentials,
    context: SigningContext,
  ) => SignedRequest | Promise<SignedRequest>;
  readonly openTransport: (options: ResolvedClientOptions) => Transport;
}
