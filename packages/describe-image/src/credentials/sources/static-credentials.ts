import type { CredentialProvider, Credentials } from '../../protocol/credentials.ts';
import { isObject } from '../../protocol/is-object.ts';
import { OWN_NAMES, readKeys } from '../read-keys.ts';
import { failed } from '../source-error.ts';

/**
 * Keys that the caller has: an AccessKey, or an STS token with its keys.
 *
 * @throws CredentialsError naming the field that is missing or holds a character that no key has.
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

/**
 * The keys of a function's role, which Function Compute passes to every invocation in `context.credentials`. Create a provider for
 * each invocation: the keys of the context are renewed, those in the environment are set once when an instance starts.
 *
 * @throws CredentialsError when the context has no credentials, as for a function without a role.
 *
 * @example
 * ```ts
 * import { createClient } from '@describe-image/core';
 * import { functionComputeCredentials } from '@describe-image/core/credentials';
 *
 * export async function handler(event: Buffer, context: unknown): Promise<string> {
 *   const client = createClient({ credentials: functionComputeCredentials(context) });
 *   return (await client.resolveImage(event.toString())).digest;
 * }
 * ```
 *
 * @public
 */
export function functionComputeCredentials(context: unknown): CredentialProvider {
  const where = 'the context of Function Compute';
  const fields = isObject(context) ? context['credentials'] : undefined;
  if (!isObject(fields))
    throw failed(
      `${where} has no credentials`,
      'Give the function a role, and pass the second argument of its handler.',
    );
  const keys = readKeys(fields, OWN_NAMES, where, 'required');
  return () => keys;
}
