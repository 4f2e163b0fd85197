import type { CredentialProvider, Credentials } from '../../protocol/credentials.ts';
import { readKeys } from '../files/read-keys.ts';

/**
 * Keys that are known already: an AccessKey, or an STS token with its keys.
 *
 * @throws CredentialsError naming the field that is missing or holds what no key has.
 *
 * @example
 * ```ts
 * import { createClient } from '@describe-image/core';
 * import { staticCredentials } from '@describe-image/core/credentials';
 *
 * const client = createClient({
 *   credentials: staticCredentials({ accessKeyId: 'testid', accessKeySecret: 'testsecret' }),
 * });
 * ```
 *
 * @public
 */
export function staticCredentials(credentials: Credentials): CredentialProvider {
  const keys: Credentials = {
    ...readKeys({ ...credentials }, OWN_NAMES, 'staticCredentials'),
    expiration: credentials.expiration,
  };
  return () => keys;
}

/** As this package calls them. */
export const OWN_NAMES = {
  accessKeyId: 'accessKeyId',
  accessKeySecret: 'accessKeySecret',
  securityToken: 'securityToken',
} as const;
