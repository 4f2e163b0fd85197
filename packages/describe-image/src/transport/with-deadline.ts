import { AbortError, TimeoutError } from '../errors/errors.ts';
import { networkError } from './network-error.ts';
import type { SendOptions } from './send.ts';

/**
 * Runs an exchange that supports only AbortSignal, and reports by different errors whether it was aborted, timed out or failed.
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
    throw networkError(host, cause);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}
