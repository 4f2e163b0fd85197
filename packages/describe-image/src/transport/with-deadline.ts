import { AbortError, DescribeImageError, NetworkError, TimeoutError } from '../errors/errors.ts';
import type { SendOptions } from './send.ts';

/**
 * Runs an exchange that knows AbortSignal only, and tells apart the three ways in which it can be cut short.
 *
 * @throws {@link AbortError}, {@link TimeoutError} or {@link NetworkError}.
 */
export async function withDeadline<Result>(
  host: string,
  { timeoutMs, signal }: SendOptions,
  exchange: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    abort();
  }, timeoutMs);
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted) abort();
  try {
    return await exchange(controller.signal);
  } catch (cause) {
    if (signal?.aborted) throw new AbortError('the call was aborted', { cause: signal.reason });
    if (late) throw new TimeoutError(`no complete answer from ${host} within ${timeoutMs} ms`);
    if (DescribeImageError.isInstance(cause)) throw cause;
    throw new NetworkError(`no complete answer from ${host}: ${faultName(cause)}`, { cause });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

/** The system's word for a fault. fetch only says "fetch failed" and keeps the word in its cause. */
function faultName(error: unknown): string {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(inner instanceof Error)) return 'an unnamed fault';
  return 'code' in inner && typeof inner.code === 'string' ? inner.code : inner.message;
}
