import { AbortError, type AnyDescribeImageError } from '../errors/errors.ts';
import type { Answer } from '../protocol/operation.ts';
import type { Abortable } from './abort-listeners.ts';
import type { ClientState } from './client-state.ts';
import type { Timed } from './deadlines.ts';

/** What a call does with its answer. Methods, because the types of input and result are erased here. */
export interface CallResult<Output> {
  resolve(result: unknown): void;
  toResult(answer: Answer<Output>, input: unknown): unknown;
  readonly input: unknown;
}

/** One call of the client's user: its promise, its signal and its own total time limit. */
export class Caller<Output> implements Timed, Abortable {
  /** The end of the total time limit, by the monotonic clock. */
  readonly dueAt: number;
  heapIndex = -1;
  next: Caller<Output> | undefined = undefined;
  request: AwaitedRequest<Output> | undefined = undefined;
  readonly signal: AbortSignal | undefined;
  readonly #resolve: CallResult<Output>['resolve'];
  readonly #toResult: CallResult<Output>['toResult'];
  readonly #input: unknown;

  constructor(
    { resolve, toResult, input }: CallResult<Output>,
    signal: AbortSignal | undefined,
    dueAt: number,
  ) {
    this.dueAt = dueAt;
    this.signal = signal;
    this.#resolve = resolve;
    this.#toResult = toResult;
    this.#input = input;
  }

  succeed(answer: Answer<Output>): void {
    this.#resolve(this.#toResult(answer, this.#input));
  }

  fail(error: unknown): void {
    // Without the function that rejects, a call takes less memory while it waits.
    this.#resolve(Promise.reject(error));
  }

  onDue(): void {
    this.request?.timeOut(this);
  }

  onAbort(reason: unknown): void {
    this.request?.leave(this, new AbortError('the call was aborted', { cause: reason }));
  }
}

/** A request, as the list of the callers that wait for it. */
export abstract class AwaitedRequest<Output> {
  readonly client: ClientState;
  protected firstCaller: Caller<Output> | undefined = undefined;

  constructor(client: ClientState) {
    this.client = client;
  }

  /** A request ends with its last caller. */
  protected get hasEnded(): boolean {
    return this.firstCaller === undefined;
  }

  /** Ends the wait of one caller with an error. */
  abstract leave(caller: Caller<Output>, error: AnyDescribeImageError): void;
  /** The total time limit of a caller has passed. */
  abstract timeOut(caller: Caller<Output>): void;

  protected addCaller(caller: Caller<Output>): void {
    caller.request = this;
    caller.next = this.firstCaller;
    this.firstCaller = caller;
    if (caller.signal !== undefined) this.client.abortListeners.add(caller.signal, caller);
  }

  protected removeCaller(leaving: Caller<Output>): void {
    let before: Caller<Output> | undefined;
    for (let caller = this.firstCaller; caller !== undefined && caller !== leaving; caller = caller.next)
      before = caller;
    if (before === undefined) this.firstCaller = leaving.next;
    else before.next = leaving.next;
    this.#release(leaving);
  }

  /** Removes all callers. Returns the first, with the others linked to it. */
  protected removeCallers(): Caller<Output> | undefined {
    const { firstCaller } = this;
    this.firstCaller = undefined;
    for (let caller = firstCaller; caller !== undefined; caller = caller.next) this.#release(caller);
    return firstCaller;
  }

  /** Removes listener and deadline. */
  #release(caller: Caller<Output>): void {
    const { abortListeners, deadlines } = this.client;
    caller.request = undefined;
    deadlines.clear(caller);
    if (caller.signal !== undefined) abortListeners.remove(caller.signal, caller);
  }

  /** Called only if the request waits: the time limit of an attempt already ends with the total. */
  onWait(): void {
    for (let caller = this.firstCaller; caller !== undefined; caller = caller.next)
      if (caller.heapIndex < 0) this.client.deadlines.add(caller);
  }

  /** Milliseconds until the last caller's deadline. */
  leftMs(now: number): number {
    let last = 0;
    for (let caller = this.firstCaller; caller !== undefined; caller = caller.next)
      last = Math.max(last, caller.dueAt);
    return last - now;
  }
}
