import type { CredentialProvider } from '@describe-image/core';
import type { CredentialChain, CredentialHost } from '@describe-image/core/credentials';
import type { CliContext } from './context.ts';
import type { KeyChoice } from './key-options.ts';

export interface OpenedCredentials {
  readonly host: CredentialHost;
  /** The default credential chain of the vendor's tools. */
  readonly chain: CredentialChain;
  /** The credentials that sign calls: those of the chain, or of the role assumed with them. */
  readonly provider: CredentialProvider;
}

/** The returned provider throws a ValidationError for an invalid role. */
export async function openCredentials(
  { profile, allowProcess, role }: KeyChoice,
  { environment, credentialHost }: Pick<CliContext, 'environment' | 'credentialHost'>,
): Promise<OpenedCredentials> {
  const { assumeRole, defaultCredentials, nodeHost } = await import('@describe-image/core/credentials');
  const host = nodeHost({ environment, ...credentialHost });
  const chain = defaultCredentials({ host, profile, allowProcess });
  if (role === undefined) return { host, chain, provider: chain };
  let assumed: CredentialProvider | undefined;
  const provider: CredentialProvider = (request) => {
    assumed ??= assumeRole(chain, { host, ...role });
    return assumed(request);
  };
  return { host, chain, provider };
}

export interface LazyCredentials {
  readonly provider: CredentialProvider;
  /** The region of the profile that the keys are from. @throws CredentialsError without keys. */
  readonly region: (signal: AbortSignal | undefined) => Promise<string | undefined>;
}

/** Loads the credentials module when the first request is signed. */
export function lazyCredentials(choice: KeyChoice, context: CliContext): LazyCredentials {
  let opening: Promise<OpenedCredentials> | undefined;
  const open = (): Promise<OpenedCredentials> => (opening ??= openCredentials(choice, context));
  return {
    provider: async (request) => (await open()).provider(request),
    async region(signal) {
      const { chain } = await open();
      await chain({ signal });
      return chain.region();
    },
  };
}
