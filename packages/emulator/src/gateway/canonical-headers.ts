/**
 * The canonical header block for the names a client says it signed, one `name:value\n` each, sorted.
 * A header that was not sent contributes an empty value, so that its absence shows in the signature.
 */
export function canonicalHeaders(rawHeaders: readonly string[], signedHeaders: readonly string[]): string {
  const values = new Map<string, string[]>();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase();
    const value = (rawHeaders[index + 1] ?? '').trim();
    const known = values.get(name);
    if (known) known.push(value);
    else values.set(name, [value]);
  }
  return [...signedHeaders]
    .sort()
    .map((name) => `${name}:${(values.get(name) ?? []).sort().join(',')}\n`)
    .join('');
}

/** The headers of a request that must be signed: `host`, `content-type`, and everything under `x-acs-`. */
export function headersToSign(rawHeaders: readonly string[]): string[] {
  const names = new Set<string>(['host']);
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase();
    if (name === 'content-type' || name.startsWith('x-acs-')) names.add(name);
  }
  return [...names].sort();
}
