import type { Client, CredentialProvider } from '@describe-image/core';
import type { ChainStep, CredentialHost } from '@describe-image/core/credentials';

/** What `diagnose` checks. Clients are opened by their check, so that a failure to open is a finding. */
export interface DoctorSubject {
  /** Reports each step of the credential chain. */
  readonly explainChain: () => Promise<readonly ChainStep[]>;
  /** The credentials that sign calls. */
  readonly credentials: CredentialProvider;
  /** The role that is assumed with the keys of the chain. */
  readonly roleArn: string | undefined;
  /** @param region - The profile's, which selects the endpoint if nothing else does. @throws DescribeImageError for invalid options. */
  readonly openClient: (region: string | undefined) => Promise<Client>;
  /** Opens a client of STS. @throws DescribeImageError for invalid options. */
  readonly openSts: () => Promise<Client>;
  /** Sends the unsigned probe and reads the local time. */
  readonly host: Pick<CredentialHost, 'request' | 'now'>;
  /** Time limit of the probe. */
  readonly probeTimeoutMs: number;
  readonly signal: AbortSignal | undefined;
}
