/** A response that breaks HTTP/1.1. Its socket cannot be used again: where the next response begins is unknown. */
export function malformed(what: string): Error {
  return new Error(`malformed response: ${what}`);
}
