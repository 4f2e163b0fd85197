import type { CredentialRequest, Credentials } from '../protocol/credentials.ts';

/** The steps of the default chain, in its order. @public */
export type StepName = 'environment' | 'oidc' | 'cli-profile' | 'shared-file' | 'ecs' | 'uri';

/** Credentials, and where they came from. */
export interface FoundCredentials {
  readonly credentials: Credentials;
  /** One clause without secrets, for example `profile "dev" of ~/.aliyun/config.json, mode AK`. */
  readonly description: string;
  /** How far the issuer's clock is ahead of the local one, in milliseconds. */
  readonly clockOffsetMs?: number | undefined;
  /** The region of the profile, where the source names one. */
  readonly region?: string | undefined;
}

/** Reads the source again at every call: nothing is cached. */
export type Find = (request?: CredentialRequest) => Promise<FoundCredentials>;

/** One place where credentials may be. */
export interface CredentialSource {
  readonly name: StepName;
  /** A readable name, for reports. */
  readonly label: string;
  /** Whether the machine has this identity without any configuration. */
  readonly ambient?: boolean | undefined;
  /** @throws CredentialSourceError whose `outcome` is `absent`, `failed` or `unavailable`. */
  readonly find: Find;
}
