import type { Client, CredentialProvider } from '@describe-image/core';
import type { ChainStep, CredentialHost } from '@describe-image/core/credentials';

/** What is looked at. Nothing is opened before its turn: what cannot be opened is a finding. */
export interface DoctorSubject {
  /** Walks the chain and reports each step. */
  readonly explainChain: () => Promise<readonly ChainStep[]>;
  /** What calls are signed with. */
  readonly credentials: CredentialProvider;
  /** The role that is taken on with the chain's keys. */
  readonly roleArn: string | undefined;
  /** @throws DescribeImageError when the options make no client. */
  readonly openClient: () => Promise<Client>;
  /** A client of STS. @throws DescribeImageError when the options make none. */
  readonly openSts: () => Promise<Client>;
  /** For one unsigned request, and the local time. */
  readonly host: Pick<CredentialHost, 'request' | 'now'>;
  /** How long that request may take. */
  readonly probeTimeoutMs: number;
  readonly signal: AbortSignal | undefined;
}
