import { ValidationError } from '../../errors/errors.ts';
import type { FlatParameters } from '../operation.ts';

/**
 * Names and values encoded, pairs sorted by name, `name=value` joined with `&`; an empty value keeps its `=`.
 *
 * @throws {URIError} for a lone surrogate, which has no UTF-8 form.
 * @see {@link https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature | Signature V3, canonical query string}
 */
export function canonicalQuery(parameters: FlatParameters): string {
  let query = '';
  // The service orders raw names by code unit: `Uuid.10` comes before `Uuid.2`.
  for (const name of sorted(Object.keys(parameters))) {
    const value = parameters[name];
    if (value === undefined) continue;
    query += `${query === '' ? '' : '&'}${percentEncode(name)}=${percentEncode(String(value))}`;
  }
  return query;
}

/**
 * The canonical query of parameters that a caller has given.
 *
 * @throws {@link ValidationError} that starts with `where`, for half a surrogate pair.
 */
export function encodeParameters(where: string, parameters: FlatParameters): string {
  try {
    return canonicalQuery(parameters);
  } catch (cause) {
    throw new ValidationError(`${where}: parameters must be Unicode, got half a surrogate pair`, {
      cause,
    });
  }
}

const MAX_INSERTION_SORT = 32;

/** Sorts a list in place by code unit. Short lists are sorted by insertion, which allocates nothing, unlike `Array.sort`. */
export function sorted(names: string[]): string[] {
  if (names.length > MAX_INSERTION_SORT) return names.sort();
  for (let index = 1; index < names.length; index++) {
    const name = names[index] ?? '';
    let at = index;
    for (let before = names[at - 1]; before !== undefined && before > name; before = names[at - 1])
      names[at--] = before;
    names[at] = name;
  }
  return names;
}

const UNRESERVED_ONLY = /^[\w.~-]*$/;
const NOT_ENCODED_BY_JAVASCRIPT = /[!'()*]/g;

/**
 * RFC 3986 percent-encoding of UTF-8, upper-case hex: all but letters, digits and `- _ . ~`.
 *
 * @throws {URIError} for a lone surrogate.
 * @see {@link https://www.rfc-editor.org/rfc/rfc3986#section-2.3 | RFC 3986, 2.3}
 */
export function percentEncode(text: string): string {
  if (UNRESERVED_ONLY.test(text)) return text;
  return encodeURIComponent(text).replace(
    NOT_ENCODED_BY_JAVASCRIPT,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
