import type { CanonicalHeaders } from './canonical-headers.ts';

/** The text that is hashed: six parts, one a line, the header block ending in its own newline. */
export function canonicalRequest(
  request: { readonly method: string; readonly endpoint: { readonly path: string }; readonly query: string },
  { block, signedHeaders }: CanonicalHeaders,
  hashedPayload: string,
): string {
  return `${request.method}\n${request.endpoint.path}\n${request.query}\n${block}\n${signedHeaders}\n${hashedPayload}`;
}
