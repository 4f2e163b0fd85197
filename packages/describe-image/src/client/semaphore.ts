import { AbortError } from '../errors/errors.ts';

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

/** So many turns are forgotten together: one by one would cost a move of the whole queue each. */
const MANY = 1024;

/** A bound on what is under way: ten thousand calls at once then cost ten thousand small promises, not as many requests. */
export function createSemaphore(limit: number): Semaphore {
  /** Each answers whether it still wants its turn. */
  const waiting: (() => boolean)[] = [];
  let head = 0;
  let running = 0;

  /** The smallest thing that can wait. */
  function turn(): Promise<void> {
    return new Promise((resolve) => {
      waiting.push(() => {
        resolve();
        return true;
      });
    });
  }

  function turnUnlessAborted(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const abort = (): void => reject(new AbortError('the call was aborted', { cause: signal.reason }));
      signal.addEventListener('abort', abort, { once: true });
      waiting.push(() => {
        if (signal.aborted) return false;
        signal.removeEventListener('abort', abort);
        resolve();
        return true;
      });
    });
  }

  return {
    acquire(signal) {
      if (running < limit) {
        running++;
        return undefined;
      }
      return signal === undefined ? turn() : turnUnlessAborted(signal);
    },
    release() {
      // A queue that is never empty would grow for ever.
      if (head > MANY) head -= waiting.splice(0, head).length;
      while (head < waiting.length) {
        const next = waiting[head];
        waiting[head++] = gone; // lets go of the closure
        if (next?.()) return;
      }
      waiting.length = head = 0;
      running--;
    },
  };
}

function gone(): boolean {
  return false;
}
