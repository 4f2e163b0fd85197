import type { Credentials } from '../../protocol/credentials.ts';
import { failed } from '../sources/credential-source-error.ts';

/** What a place calls the three parts of a key. */
export interface KeyNames {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken: string;
}

/** As services answer. */
export const WIRE_NAMES: KeyNames = {
  accessKeyId: 'AccessKeyId',
  accessKeySecret: 'AccessKeySecret',
  securityToken: 'SecurityToken',
};

/** As configuration files say. */
export const FILE_NAMES: KeyNames = {
  accessKeyId: 'access_key_id',
  accessKeySecret: 'access_key_secret',
  securityToken: 'sts_token',
};

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads keys, trimmed: line ends come with files and copied values.
 *
 * @throws CredentialSourceError naming the place and the field.
 */
export function readKeys(
  fields: Fields,
  names: KeyNames,
  where: string,
  token: 'required' | 'optional' | 'ignored' = 'optional',
): Credentials {
  const accessKeyId = requireKey(fields, names.accessKeyId, where);
  const accessKeySecret = requireKey(fields, names.accessKeySecret, where);
  if (token === 'ignored' || (token === 'optional' && isEmpty(fields[names.securityToken])))
    return { accessKeyId, accessKeySecret };
  return { accessKeyId, accessKeySecret, securityToken: requireKey(fields, names.securityToken, where) };
}

/** An ISO 8601 instant, or epoch seconds. `undefined` when there is none. */
export function readExpiration(fields: Fields, name: string, where: string): Date | undefined {
  const value = fields[name];
  if (isEmpty(value) || value === 0) return undefined;
  const milliseconds =
    typeof value === 'number'
      ? value * 1000
      : typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)$/.test(value.trim())
        ? Date.parse(value.trim())
        : Number.NaN;
  const expiration = new Date(milliseconds);
  if (Number.isNaN(expiration.getTime()))
    throw failed(
      `${where}: ${name} is no instant such as "2026-01-31T12:00:00Z"`,
      `Correct ${name}, or fetch new credentials.`,
    );
  return expiration;
}

/** Text without surrounding white space. Empty text counts as none. */
export function optionalText(fields: Fields, name: string, where: string): string | undefined {
  const value = fields[name];
  if (isEmpty(value)) return undefined;
  if (typeof value !== 'string') throw failed(`${where}: ${name} must be text`, `Correct ${name}.`);
  return value.trim();
}

/** @throws CredentialSourceError when there is none. */
export function requireText(fields: Fields, name: string, where: string): string {
  const value = optionalText(fields, name, where);
  if (value === undefined) throw failed(`${where}: ${name} is missing`, `Add ${name}.`);
  return value;
}

/** A whole number, or its decimal text. 0 stands for "the default". */
export function optionalInteger(fields: Fields, name: string, where: string): number | undefined {
  const value = fields[name];
  if (isEmpty(value) || value === 0) return undefined;
  const number = typeof value === 'string' && /^\s*\d+\s*$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isSafeInteger(number))
    throw failed(`${where}: ${name} must be a whole number`, `Correct ${name}.`);
  return number;
}

function requireKey(fields: Fields, name: string, where: string): string {
  const value = requireText(fields, name, where);
  if (!/^[\x21-\x7e]+$/.test(value))
    throw failed(
      `${where}: ${name} holds white space or characters that no key has`,
      `Copy ${name} again, without quotes or line ends.`,
    );
  return value;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}
