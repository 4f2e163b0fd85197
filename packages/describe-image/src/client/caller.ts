import { AbortError, type AnyDescribeImageError } from '../errors/errors.ts';
import type { Answer } from '../protocol/operation.ts';
import type { Abortable } from './abort-listeners.ts';
import type { ClientState } from './client-state.ts';
import type { Timed } from './deadlines.ts';

/** The request that a caller waits for. */
export interface AwaitedRequest<Output> {
  leave(caller: Caller<Output>, error: AnyDescribeImageError): void;
  timeOut(caller: Caller<Output>): void;
}

/** One call of the client's user: its promise, its signal and its own total time limit. */
export class Caller<Output> implements Timed, Abortable {
  readonly resolve: (answer: Answer<Output>) => void;
  readonly reject: (error: unknown) => void;
  /** By the monotonic clock. */
  readonly deadline: number;
  readonly totalTimeoutMs: number;
  next: Caller<Output> | undefined = undefined;
  dueAt = 0;
  heapIndex = -1;
  request: AwaitedRequest<Output> | undefined = undefined;
  readonly #client: ClientState;
  readonly #signal: AbortSignal | undefined;

  constructor(
    client: ClientState,
    {
      resolve,
      reject,
      signal,
      deadline,
      totalTimeoutMs,
    }: Pick<Caller<Output>, 'resolve' | 'reject' | 'deadline' | 'totalTimeoutMs'> & {
      readonly signal: AbortSignal | undefined;
    },
  ) {
    this.#client = client;
    this.resolve = resolve;
    this.reject = reject;
    this.deadline = deadline;
    this.totalTimeoutMs = totalTimeoutMs;
    this.#signal = signal;
    if (signal !== undefined) client.abortListeners.add(signal, this);
  }

  /** Called only if the call waits: the time limit of an attempt already ends with the total. */
  startDeadline(): void {
    if (this.heapIndex >= 0) return;
    const { deadlines, runtime } = this.#client;
    deadlines.set(this, Math.max(this.deadline - runtime.monotonic(), 0));
  }

  onDue(): void {
    this.request?.timeOut(this);
  }

  onAbort(reason: unknown): void {
    this.request?.leave(this, new AbortError('the call was aborted', { cause: reason }));
  }

  /** Removes timer and listener. */
  end(): void {
    this.request = undefined;
    this.#client.deadlines.clear(this);
    if (this.#signal !== undefined) this.#client.abortListeners.remove(this.#signal, this);
  }
}

/** The callers of one request, as a list. */
export class Callers<Output> {
  first: Caller<Output> | undefined = undefined;

  add(caller: Caller<Output>): void {
    caller.next = this.first;
    this.first = caller;
  }

  remove(leaving: Caller<Output>): void {
    let before: Caller<Output> | undefined;
    for (let caller = this.first; caller !== undefined && caller !== leaving; caller = caller.next)
      before = caller;
    if (before === undefined) this.first = leaving.next;
    else before.next = leaving.next;
    leaving.end();
  }

  /** Removes all of them. Returns the first, with the others linked to it. */
  removeAll(): Caller<Output> | undefined {
    const { first } = this;
    this.first = undefined;
    for (let caller = first; caller !== undefined; caller = caller.next) caller.end();
    return first;
  }

  startDeadlines(): void {
    for (let caller = this.first; caller !== undefined; caller = caller.next) caller.startDeadline();
  }

  get lastDeadline(): number {
    let last = 0;
    for (let caller = this.first; caller !== undefined; caller = caller.next)
      last = Math.max(last, caller.deadline);
    return last;
  }
}
