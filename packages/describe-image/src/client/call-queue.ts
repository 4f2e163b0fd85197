import type { RateLimiter } from './rate-limiter.ts';
import type { Runtime } from './runtime.ts';

/** A request that waits for a slot. The first two fields belong to {@link CallQueue}. */
export interface Queued {
  isQueued: boolean;
  nextQueued: Queued | undefined;
  /** Called with a slot, which the request must release. */
  start(): void;
  /** Called if the request may have to wait: no slot is free, or the rate is limited. */
  onWait(): void;
}

/** Starts requests in order, within the limits on concurrency and on requests per second. */
export class CallQueue {
  readonly #limit: number;
  readonly #limiter: RateLimiter | undefined;
  readonly #runtime: Runtime;
  #first: Queued | undefined;
  #last: Queued | undefined;
  #running = 0;
  #waiting = 0;
  #isScheduled = false;
  #stopWaiting: (() => void) | undefined;

  constructor(limit: number, limiter: RateLimiter | undefined, runtime: Runtime) {
    this.#limit = limit;
    this.#limiter = limiter;
    this.#runtime = runtime;
  }

  /** The request starts in a later microtask, so that equal reads made together can share it. */
  add(request: Queued): void {
    if (this.#last === undefined) this.#first = request;
    else this.#last.nextQueued = request;
    this.#last = request;
    this.#added(request);
  }

  /** For a request that has waited already: a retry. */
  addFirst(request: Queued): void {
    request.nextQueued = this.#first;
    this.#first = request;
    this.#last ??= request;
    this.#added(request);
  }

  #added(request: Queued): void {
    request.isQueued = true;
    if (this.#limiter !== undefined || this.#running + this.#waiting >= this.#limit) request.onWait();
    this.#waiting++;
    if (this.#running < this.#limit) this.#schedule();
  }

  /** Removes a request that has not started. Its place in the list is skipped later. */
  leave(request: Queued): void {
    request.isQueued = false;
    if (--this.#waiting > 0) return;
    this.#first = this.#last = undefined;
    this.#stopWaiting?.();
    this.#stopWaiting = undefined;
  }

  release(): void {
    this.#running--;
    if (this.#waiting > 0) this.#schedule();
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    queueMicrotask(() => {
      this.#isScheduled = false;
      this.#startRequests();
    });
  }

  #startRequests(): void {
    while (this.#running < this.#limit) {
      const request = this.#next();
      if (request === undefined) break;
      const waitMs = this.#limiter?.waitMs(this.#runtime.monotonic()) ?? 0;
      if (waitMs > 0) {
        this.#wait(waitMs);
        break;
      }
      this.#first = request.nextQueued;
      if (this.#first === undefined) this.#last = undefined;
      request.nextQueued = undefined;
      request.isQueued = false;
      this.#waiting--;
      this.#limiter?.take(this.#runtime.monotonic());
      this.#running++;
      request.start();
    }
  }

  /** The first that has not left the queue. */
  #next(): Queued | undefined {
    while (this.#first !== undefined && !this.#first.isQueued) {
      const { nextQueued } = this.#first;
      this.#first.nextQueued = undefined;
      this.#first = nextQueued;
    }
    if (this.#first === undefined) this.#last = undefined;
    return this.#first;
  }

  /** One timer for all requests, because they share the rate. */
  #wait(milliseconds: number): void {
    this.#stopWaiting ??= this.#runtime.wait(milliseconds, () => {
      this.#stopWaiting = undefined;
      this.#schedule();
    });
  }
}
