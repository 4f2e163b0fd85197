/**
 * Percent-encodes text as the gateway does: UTF-8, RFC 3986, only `A-Z a-z 0-9 - _ . ~` left alone.
 *
 * @see {@link https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature | Signature V3}
 */
export function percentEncode(text: string): string {
  // encodeURIComponent leaves ! ' ( ) * alone; the signature specification does not.
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
