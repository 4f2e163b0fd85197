/** Lets so many run at once; the others wait their turn, in order. */
export interface Semaphore {
  /** Resolves when it is the caller's turn. */
  acquire(): Promise<void> | undefined;
  release(): void;
}

/** A bound on what is under way: ten thousand calls at once then cost ten thousand closures, not as many sockets. */
export function createSemaphore(limit: number): Semaphore {
  const waiting: (() => void)[] = [];
  let head = 0;
  let running = 0;
  return {
    acquire() {
      if (running < limit) {
        running++;
        return undefined;
      }
      return new Promise<void>((resolve) => waiting.push(resolve));
    },
    release() {
      const next = waiting[head];
      if (next === undefined) {
        running--;
        return;
      }
      waiting[head++] = noop; // lets go of the closure
      if (head === waiting.length) waiting.length = head = 0;
      next();
    },
  };
}

function noop(): void {}
