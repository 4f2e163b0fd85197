const UNRESERVED_ONLY = /^[\w.~-]*$/;
const LEFT_ALONE_BY_JAVASCRIPT = /[!'()*]/g;

/**
 * RFC 3986 percent-encoding of UTF-8, upper-case hex: all but letters, digits and `- _ . ~`.
 *
 * @throws {URIError} for a lone surrogate, which has no UTF-8 form.
 * @see {@link https://www.rfc-editor.org/rfc/rfc3986#section-2.3 | RFC 3986, 2.3}
 */
export function percentEncode(text: string): string {
  if (UNRESERVED_ONLY.test(text)) return text;
  return encodeURIComponent(text).replace(
    LEFT_ALONE_BY_JAVASCRIPT,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
