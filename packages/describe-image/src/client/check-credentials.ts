import { CredentialsError } from '../errors/errors.ts';
import type { Credentials } from '../protocol/credentials.ts';

const PRINTABLE = /^[\x21-\x7e]+$/;
const checked = /* @__PURE__ */ new WeakSet<Credentials>();

/**
 * Refuses keys that could not be sent, or would only be refused by the service: line ends from files are the usual case.
 *
 * @throws {@link CredentialsError} naming the field, never its value.
 */
export function checkCredentials(credentials: Credentials): Credentials {
  if (checked.has(credentials)) return credentials;
  const { accessKeyId, accessKeySecret, securityToken } = credentials;
  requireKey('accessKeyId', accessKeyId);
  requireKey('accessKeySecret', accessKeySecret);
  if (securityToken !== undefined) requireKey('securityToken', securityToken);
  checked.add(credentials);
  return credentials;
}

function requireKey(name: string, value: unknown): void {
  if (typeof value !== 'string' || !PRINTABLE.test(value))
    throw new CredentialsError(`${name}: wanted text without white space`);
}
