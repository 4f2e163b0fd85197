import type { CredentialProvider } from '@describe-image/core';
import type { CredentialChain, CredentialHost } from '@describe-image/core/credentials';
import type { CliContext } from './context.ts';
import type { KeyChoice } from './key-options.ts';

export interface OpenedCredentials {
  readonly host: CredentialHost;
  /** What the vendor's own tools would find. */
  readonly chain: CredentialChain;
  /** What calls are signed with: the chain's keys, or those of the role taken on with them. */
  readonly provider: CredentialProvider;
}

/** The provider throws a ValidationError when the role, or what goes with it, is not well formed. */
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

/** Loads nothing before the first request is signed. */
export function lazyCredentials(choice: KeyChoice, context: CliContext): CredentialProvider {
  let opening: Promise<OpenedCredentials> | undefined;
  return async (request) => {
    opening ??= openCredentials(choice, context);
    return (await opening).provider(request);
  };
}
