import type { FlatParameters } from './operation.ts';
import { percentEncode } from './percent-encode.ts';

/**
 * Names and values encoded, pairs sorted by name, `name=value` joined with `&`; an empty value keeps its `=`.
 *
 * @see {@link https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature | Signature V3, canonical query string}
 */
export function canonicalQuery(parameters: FlatParameters): string {
  // The service orders raw names by code unit: `Uuid.10` comes before `Uuid.2`.
  return Object.keys(parameters)
    .filter((name) => parameters[name] !== undefined)
    .sort()
    .map((name) => `${percentEncode(name)}=${percentEncode(String(parameters[name]))}`)
    .join('&');
}
