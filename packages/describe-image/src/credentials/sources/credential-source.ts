import type { CredentialRequest, Credentials } from '../../protocol/credentials.ts';

/** The steps of the default chain, in its order. @public */
export type StepName = 'environment' | 'oidc' | 'cli-profile' | 'shared-file' | 'ecs' | 'uri';

/** Credentials, and where they came from. */
export interface FoundCredentials {
  readonly credentials: Credentials;
  /** One clause without secrets, for example `profile "dev" of ~/.aliyun/config.json, mode AK`. */
  readonly description: string;
  /** How far the clock of whoever issued them is ahead of the local one. */
  readonly clockOffsetMs?: number | undefined;
  /** The region that goes with them, where the source names one. */
  readonly region?: string | undefined;
}

/** Looks afresh each time it is asked: a `find` caches nothing. */
export type Find = (request?: Pick<CredentialRequest, 'refused'>) => Promise<FoundCredentials>;

/** One place where credentials may be. */
export interface CredentialSource {
  readonly name: StepName;
  /** For people. */
  readonly label: string;
  /** An identity that the machine has, whether or not anybody asked for it. */
  readonly ambient?: boolean | undefined;
  /** @throws CredentialSourceError that says whether nothing is there, something is wrong, or something did not answer. */
  readonly find: Find;
}
