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

/** @throws ValidationError when the role, or what goes with it, is not well formed. */
export async function openCredentials(
  { profile, allowProcess, role }: KeyChoice,
  { environment, credentialHost }: Pick<CliContext, 'environment' | 'credentialHost'>,
): Promise<OpenedCredentials> {
  const { assumeRole, defaultCredentials, nodeHost } = await import('@describe-image/core/credentials');
  const host = nodeHost({ environment, ...credentialHost });
  const chain = defaultCredentials({ host, profile, allowProcess });
  return { host, chain, provider: role === undefined ? chain : assumeRole(chain, { host, ...role }) };
}

/** Loads nothing before the first request is signed. */
export function lazyCredentials(choice: KeyChoice, context: CliContext): CredentialProvider {
  let opening: Promise<OpenedCredentials> | undefined;
  return async (request) => {
    opening ??= openCredentials(choice, context);
    return (await opening).provider(request);
  };
}
