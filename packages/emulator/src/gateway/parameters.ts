import { ApiError } from './api-error.ts';

/** One decoded parameter of a query string or a form body. */
export type Parameter = readonly [name: string, value: string];

/**
 * Decodes a raw query string or form body. Keeps the order and repeated names.
 *
 * @remarks `+` is decoded to a space, as in servlet containers. Clients send a plus as `%2B`.
 * @throws {@link ApiError} when an escape is not valid percent-encoded UTF-8.
 */
export function parseParameters(raw: string): Parameter[] {
  if (raw === '') return [];
  return raw
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const mark = pair.indexOf('=');
      return mark === -1 ? [decode(pair), ''] : [decode(pair.slice(0, mark)), decode(pair.slice(mark + 1))];
    });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.includes('+') ? text.replaceAll('+', ' ') : text);
  } catch {
    throw new ApiError('InvalidParameter', {
      message: 'The request contains a parameter that is not percent-encoded UTF-8.',
    });
  }
}

/** The canonical query: names and values encoded, sorted by decoded name, joined with `&`. */
export function canonicalQuery(parameters: readonly Parameter[]): string {
  return [...parameters]
    .sort(byNameThenValue)
    .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
    .join('&');
}

function byNameThenValue([nameA, valueA]: Parameter, [nameB, valueB]: Parameter): number {
  return compare(nameA, nameB) || compare(valueA, valueB);
}

// By UTF-16 code units, as the vendor's clients sort. localeCompare would sort "_" and case differently.
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Percent-encodes text as the gateway does: UTF-8, RFC 3986, everything except `A-Z a-z 0-9 - _ . ~`.
 *
 * @see {@link https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature | Signature V3}
 */
export function percentEncode(text: string): string {
  // encodeURIComponent does not encode ! ' ( ) *, but the signature specification does.
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
