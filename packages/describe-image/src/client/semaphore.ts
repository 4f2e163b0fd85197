import { AbortError } from '../errors/abort-error.ts';

/** Lets so many run at once; the others wait their turn, in order. */
export interface Semaphore {
  /**
   * Resolves when it is the caller's turn.
   *
   * @throws {@link AbortError} as soon as the signal fires; no turn is taken then.
   */
  acquire(signal: AbortSignal | undefined): Promise<void> | undefined;
  release(): void;
}

/** A bound on what is under way: ten thousand calls at once then cost ten thousand closures, not as many sockets. */
export function createSemaphore(limit: number): Semaphore {
  /** Each tells whether it took its turn. */
  const waiting: (() => boolean)[] = [];
  let head = 0;
  let running = 0;
  return {
    acquire(signal) {
      if (running < limit) {
        running++;
        return undefined;
      }
      return new Promise<void>((resolve, reject) => {
        const leave = (): void => reject(new AbortError('the call was aborted', { cause: signal?.reason }));
        signal?.addEventListener('abort', leave, { once: true });
        waiting.push(() => {
          signal?.removeEventListener('abort', leave);
          resolve();
          return !signal?.aborted;
        });
      });
    },
    release() {
      for (;;) {
        const next = waiting[head];
        if (next === undefined) {
          running--;
          return;
        }
        waiting[head++] = gone; // lets go of the closure
        if (head === waiting.length) waiting.length = head = 0;
        if (next()) return;
      }
    },
  };
}

function gone(): boolean {
  return false;
}
