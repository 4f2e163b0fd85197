import { DescribeImageError, NetworkError } from '../errors/errors.ts';

/** Names what ended an exchange. Errors of this package stay as they are. */
export function networkError(host: string, cause: unknown): Error {
  if (DescribeImageError.isInstance(cause)) return cause;
  return new NetworkError(`no complete answer from ${host}: ${faultName(cause)}`, { cause });
}

/** The system's code for a fault. `fetch` only reports "fetch failed" and has the code in its cause. */
function faultName(error: unknown): string {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(inner instanceof Error)) return 'an unnamed fault';
  return 'code' in inner && typeof inner.code === 'string' ? inner.code : inner.message;
}
