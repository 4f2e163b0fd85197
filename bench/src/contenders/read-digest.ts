/** Reads the digest of a parsed response body. */
export function readDigest(document: unknown): string {
  if (isObject(document) && isObject(document['Data']) && typeof document['Data']['Digest'] === 'string')
    return document['Data']['Digest'];
  throw new Error(`no digest in ${JSON.stringify(document)}`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
