import { AbortError, TimeoutError } from '../errors/errors.ts';
import type { Credentials } from '../protocol/credentials.ts';

/**
 * Bounds the wait for a provider, which need not know of signals or deadlines.
 *
 * @throws {@link TimeoutError} past the deadline; {@link AbortError} as soon as the signal fires.
 */
export function waitForCredentials(
  promise: Promise<Credentials>,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<Credentials> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(new AbortError('the call was aborted', { cause: signal?.reason }));
    const timer = setTimeout(
      () => reject(new TimeoutError(`no credentials within ${timeoutMs} ms`)),
      timeoutMs,
    );
    signal?.addEventListener('abort', abort, { once: true });
    const finish = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    };
    // It may come from another library: only `then` is sure.
    promise.then(resolve, reject).then(finish, finish);
  });
}
