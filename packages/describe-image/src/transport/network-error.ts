import { DescribeImageError, NetworkError } from '../errors/errors.ts';

/** The error of an exchange that failed without an answer. Errors of this package are returned unchanged. */
export function networkError(host: string, cause: unknown): Error {
  if (DescribeImageError.isInstance(cause)) return cause;
  return new NetworkError(`no complete answer from ${host}: ${faultName(cause)}`, { cause });
}

/** The error code of the system. The error of `fetch` has it in its cause. */
function faultName(error: unknown): string {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(inner instanceof Error)) return 'unknown error';
  return 'code' in inner && typeof inner.code === 'string' ? inner.code : inner.message;
}
