import { sorted } from './canonical-query.ts';

/** The header lines that are signed, and the list of their names. */
export interface CanonicalHeaders {
  /** `name:value` lines, sorted, each ended by a newline. */
  readonly block: string;
  /** The names, sorted, joined with `;`. */
  readonly signedHeaders: string;
}

/**
 * Selects and sorts the headers to sign: `host`, `content-type` if it is sent, and every `x-acs-*`. Names must be lower-case.
 *
 * @see {@link https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature | Signature V3, canonical headers}
 */
export function canonicalHeaders(headers: Readonly<Record<string, string>>): CanonicalHeaders {
  const names = sorted(Object.keys(headers).filter(isSigned));
  const block = names.map((name) => `${name}:${headers[name]?.trim()}\n`).join('');
  return { block, signedHeaders: names.join(';') };
}

function isSigned(name: string): boolean {
  return name.startsWith('x-acs-') || name === 'host' || name === 'content-type';
}
