import {
  AbortError,
  type AnyDescribeImageError,
  DescribeImageError,
  TimeoutError,
} from '../errors/errors.ts';
import type { Credentials } from '../protocol/credentials.ts';
import type { Answer } from '../protocol/operation.ts';
import { type ParsedResponse, parseResponse } from '../protocol/parse-response.ts';
import type { HttpResponse, UnsignedRequest } from '../protocol/request.ts';
import type { ResolvedCallLimits } from '../protocol/retrying/call-limits.ts';
import { refill } from '../protocol/retrying/retry-quota.ts';
import { type NextStep, RetryRules } from '../protocol/retrying/retry-rules.ts';
import { Attempt, type AttemptedRequest } from './attempt.ts';
import type { Queued } from './call-queue.ts';
import { AwaitedRequest, type Caller } from './caller.ts';
import type { ClientState } from './client-state.ts';
import { copyError } from './copy-error.ts';
import { notify } from './hooks.ts';
import type { Pending } from './pending-list.ts';
import type { ReadOperation, SharedRead } from './shared-reads.ts';

/** The state after the first failure of a request. */
interface Failures {
  readonly rules: RetryRules;
  attempts: number;
  lastError: AnyDescribeImageError;
  /** Credentials that the service has reported as expired. */
  expired?: Credentials | undefined;
  stopWaiting?: (() => void) | undefined;
}

/**
 * A request until it is answered, and the callers that wait for it: several where equal reads share it. It is queued, or has an
 * attempt in progress and a slot, or waits for a retry without a slot.
 */
export class PendingRequest<Output>
  extends AwaitedRequest<Output>
  implements Queued, SharedRead, Pending, AttemptedRequest<Output>
{
  readonly operation: ReadOperation<Output>;
  readonly unsigned: UnsignedRequest;
  readonly limits: ResolvedCallLimits;
  readonly callId: number;
  isQueued = false;
  nextQueued: Queued | undefined = undefined;
  sharedHash = -1;
  nextShared: SharedRead | undefined = undefined;
  previousPending: Pending | undefined = undefined;
  nextPending: Pending | undefined = undefined;
  #attempt: Attempt<Output> | undefined;
  #sent = 0;
  /** Created by the first failure. */
  #failures: Failures | undefined;

  constructor(
    client: ClientState,
    operation: ReadOperation<Output>,
    unsigned: UnsignedRequest,
    limits: ResolvedCallLimits,
  ) {
    super(client);
    this.operation = operation;
    this.unsigned = unsigned;
    this.limits = limits;
    this.callId = ++client.lastCallId;
  }

  /** Enters the queue with its first caller. */
  open(caller: Caller<Output>): void {
    this.addCaller(caller);
    this.client.pending.add(this);
    this.client.queue.add(this);
  }

  /** Adds a caller with an equal read. Each caller keeps its own deadline. */
  join(caller: Caller<Output>): void {
    this.addCaller(caller);
    this.onWait();
  }

  start(): void {
    this.#attempt = new Attempt(this, (this.#failures?.attempts ?? 0) + 1);
    this.#attempt.start(this.#failures?.expired);
  }

  /** Without new credentials the service would only reject them again. */
  accepts(credentials: Credentials): boolean {
    if (credentials !== this.#failures?.expired) return true;
    this.#rejectAll(this.#failures.lastError);
    return false;
  }

  onSent(): void {
    this.#sent++;
    // From now on an equal read is a request of its own: this answer may be older than that call.
    this.client.reads.remove(this);
  }

  onAnswer({ output, requestId }: ParsedResponse<Output>, response: HttpResponse): void {
    if (this.hasEnded) return;
    const { runtime, limiter, quota } = this.client;
    limiter?.succeeded();
    if (this.#failures === undefined) refill(quota);
    else this.#failures.rules.afterSuccess();

    const nowMs = runtime.now();
    const signed = this.#attempt?.signed;
    const first = this.#end();
    first?.succeed(this.#answer(output, requestId, nowMs));
    for (let caller = first?.next; caller !== undefined; caller = caller.next)
      try {
        // A copy of its own for each caller.
        const parsed = parseResponse(this.operation, response, signed);
        caller.succeed(this.#answer(parsed.output, requestId, nowMs));
      } catch (error) {
        caller.fail(error);
      }
  }

  #answer(output: Output, requestId: string | undefined, nowMs: number): Answer<Output> {
    const { host } = this.unsigned.endpoint;
    return { output, requestId, endpoint: host, observedAt: new Date(nowMs), attempts: this.#sent };
  }

  onFailure(error: unknown): void {
    if (this.hasEnded) return;
    const attempt = this.#attempt;
    this.#releaseSlot();
    if (attempt === undefined || !DescribeImageError.isInstance(error)) {
      this.#rejectAll(error);
      return;
    }
    const failures = this.#addFailure(this.#complete(error));
    const step = this.#nextStep(error, failures.rules, attempt.offsetMs);
    const { onAttemptFailed, onRetry } = this.client.options;
    if (onAttemptFailed !== undefined)
      notify(onAttemptFailed, { ...attempt.event(), error, willRetry: step.again });
    if (!step.again) this.#rejectAll(error);
    else if (step.reason === 'retry') {
      const { delayMs } = step;
      if (onRetry !== undefined) notify(onRetry, { ...attempt.event(), error, delayMs });
      this.#retryAfter(delayMs, failures);
    } else {
      if (step.reason === 'credentials') failures.expired = attempt.credentials;
      this.#enqueueAgain();
    }
  }

  #addFailure(lastError: AnyDescribeImageError): Failures {
    if (this.#failures === undefined) {
      const { client, limits, operation } = this;
      const { maxRetries } = limits;
      const rules = new RetryRules(
        { maxRetries, idempotent: operation.idempotent },
        client.clock,
        client.quota,
      );
      this.#failures = { rules, attempts: 0, lastError };
    }
    this.#failures.attempts++;
    this.#failures.lastError = lastError;
    return this.#failures;
  }

  #nextStep(error: AnyDescribeImageError, rules: RetryRules, signedWithOffsetMs: number): NextStep {
    const { runtime, limiter } = this.client;
    const now = runtime.monotonic();
    if (error.code === 'Throttling') limiter?.throttled(now);
    const leftMs = this.leftMs(now);
    // The rate may be too low for another attempt within the total.
    if ((limiter?.waitMs(now) ?? 0) >= leftMs) return { again: false };
    const nowMs = runtime.now();
    return rules.afterFailure(error, { nowMs, leftMs, signedWithOffsetMs, random: runtime.random() });
  }

  #retryAfter(delayMs: number, failures: Failures): void {
    if (this.hasEnded) return; // by a hook
    // Other callers may have less time left than the one that the retry was decided for.
    if (this.firstCaller?.next !== undefined) this.onWait();
    failures.stopWaiting = this.client.runtime.wait(delayMs, () => {
      failures.stopWaiting = undefined;
      this.#enqueueAgain();
    });
  }

  #enqueueAgain(): void {
    if (!this.hasEnded) this.client.queue.addFirst(this);
  }

  /** Ends the wait of one caller. Without callers the request ends. */
  leave(leaving: Caller<Output>, error: AnyDescribeImageError): void {
    this.removeCaller(leaving);
    leaving.fail(this.#complete(error));
    if (this.hasEnded) this.#end();
  }

  /** Rejects a caller whose total time limit has passed. */
  timeOut(caller: Caller<Output>): void {
    const attempt = this.#attempt;
    const error = this.#timeoutError(attempt);
    this.leave(caller, error);
    const { onAttemptFailed } = this.client.options;
    if (attempt !== undefined && this.hasEnded && onAttemptFailed !== undefined)
      notify(onAttemptFailed, { ...attempt.event(), error, willRetry: false });
  }

  #timeoutError(attempt: Attempt<Output> | undefined): AnyDescribeImageError {
    if (attempt === undefined && this.#failures !== undefined) return copyError(this.#failures.lastError);
    const missing =
      attempt === undefined
        ? 'no free slot'
        : attempt.isWaitingForCredentials
          ? 'no credentials'
          : `no complete answer from ${this.unsigned.endpoint.host}`;
    return new TimeoutError(`${missing} within ${this.limits.totalTimeoutMs} ms`);
  }

  close(): void {
    for (let caller = this.firstCaller; caller !== undefined; caller = this.firstCaller)
      this.leave(caller, new AbortError('the client was closed'));
  }

  #complete<Failure extends AnyDescribeImageError>(error: Failure): Failure {
    error.attempts = this.#sent;
    error.endpoint = this.unsigned.endpoint.host;
    return error;
  }

  #rejectAll(error: unknown): void {
    if (this.hasEnded) return; // by a hook
    const first = this.#end();
    for (let caller = first; caller !== undefined; caller = caller.next)
      caller.fail(caller === first ? error : copyError(error));
  }

  #releaseSlot(): void {
    if (this.#attempt === undefined) return;
    this.#attempt = undefined;
    this.client.queue.release();
  }

  /** Releases everything. Returns the callers that must still be settled. */
  #end(): Caller<Output> | undefined {
    const { client } = this;
    const first = this.removeCallers();
    // Before the provider's signal fires, whose listeners may close the client.
    client.pending.remove(this);
    client.reads.remove(this);
    if (this.isQueued) client.queue.leave(this);
    this.#failures?.stopWaiting?.();
    this.#attempt?.cancel();
    this.#releaseSlot();
    return first;
  }
}
