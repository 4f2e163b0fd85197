import type { Credentials } from '../protocol/credentials.ts';
import { failed } from './source-error.ts';

/** The names of the three parts of a key in one source. */
export interface KeyNames {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken: string;
}

/** In the answers of services. */
export const WIRE_NAMES: KeyNames = {
  accessKeyId: 'AccessKeyId',
  accessKeySecret: 'AccessKeySecret',
  securityToken: 'SecurityToken',
};

/** In configuration files. */
export const FILE_NAMES: KeyNames = {
  accessKeyId: 'access_key_id',
  accessKeySecret: 'access_key_secret',
  securityToken: 'sts_token',
};

/** In this package. */
export const OWN_NAMES: KeyNames = {
  accessKeyId: 'accessKeyId',
  accessKeySecret: 'accessKeySecret',
  securityToken: 'securityToken',
};

/** A profile, a file or an answer whose fields are not validated yet. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads keys and removes white space around them, such as the line end of a file.
 *
 * @throws CredentialSourceError naming the source and the field.
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

/** Reads an ISO 8601 time, or epoch seconds. `undefined` when the field is empty. */
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
      `${where}: ${name} must be a time such as "2026-01-31T12:00:00Z"`,
      `Correct ${name}, or fetch new credentials.`,
    );
  return expiration;
}

/** Reads text without surrounding white space. `undefined` when the field is empty. */
export function optionalText(fields: Fields, name: string, where: string): string | undefined {
  const value = fields[name];
  if (isEmpty(value)) return undefined;
  if (typeof value !== 'string') throw failed(`${where}: ${name} must be text`, `Correct ${name}.`);
  return value.trim();
}

/** @throws CredentialSourceError when the field is empty. */
export function requireText(fields: Fields, name: string, where: string): string {
  const value = optionalText(fields, name, where);
  if (value === undefined) throw failed(`${where}: ${name} is missing`, `Add ${name}.`);
  return value;
}

/** Reads a whole number or its decimal text. `undefined` for 0, which stands for the default. */
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
      `${where}: ${name} holds white space or a character that no key has`,
      `Copy ${name} again, without quotes or line ends.`,
    );
  return value;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}
