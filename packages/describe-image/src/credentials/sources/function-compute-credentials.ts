import type { CredentialProvider } from '../../protocol/credentials.ts';
import { isObject } from '../../protocol/is-object.ts';
import { readKeys } from '../files/read-keys.ts';
import { failed } from './credential-source-error.ts';
import { OWN_NAMES } from './static-credentials.ts';

/**
 * The keys of a function's role, as Function Compute hands them to every invocation in `context.credentials`. Make it anew for
 * each invocation: the keys in the environment are fixed when an instance starts, those of the context are not.
 *
 * @throws CredentialsError when the context carries none, as of a function without a role.
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
    throw failed(`${where} has no credentials`, 'Give the function a role, and pass its second argument.');
  const keys = readKeys(fields, OWN_NAMES, where, 'required');
  return () => keys;
}
