const SHOWN_HEX_DIGITS = 12;

/** `sha256:` and the first twelve of its hex digits, as other tools shorten it. */
export function shortDigest(digest: string): string {
  return digest.slice(0, 'sha256:'.length + SHOWN_HEX_DIGITS);
}
