import { TimeoutError } from '../errors/errors.ts';
import type { Credentials } from '../protocol/credentials.ts';
import { type ParsedResponse, parseResponse } from '../protocol/parse-response.ts';
import { type Redactor, redactError, redactedCopy, redactHeaders } from '../protocol/redaction.ts';
import type { HttpResponse, SignedRequest, UnsignedRequest } from '../protocol/request.ts';
import type { ResolvedCallLimits } from '../protocol/retrying/call-limits.ts';
import type { Exchange, Receiver } from '../transport/transport.ts';
import { askCredentials, type CredentialAsk, credentialsFailure } from './ask-credentials.ts';
import type { ClientState } from './client-state.ts';
import type { Timed } from './deadlines.ts';
import { type AttemptEvent, notify } from './hooks.ts';
import type { RuntimeSigner } from './runtime.ts';
import type { ReadOperation } from './shared-reads.ts';

/** The request that an attempt is made for, and what the attempt reports to it. */
export interface AttemptedRequest<Output> {
  readonly client: ClientState;
  readonly operation: ReadOperation<Output>;
  readonly unsigned: UnsignedRequest;
  readonly limits: ResolvedCallLimits;
  readonly callId: number;
  /** Milliseconds that are left at a time of the monotonic clock. */
  leftMs(now: number): number;
  /** Whether to send with these credentials. If not, the request has ended. */
  accepts(credentials: Credentials): boolean;
  /** The attempt waits for credentials. */
  onWait(): void;
  onSent(): void;
  onAnswer(parsed: ParsedResponse<Output>, response: HttpResponse): void;
  onFailure(error: unknown): void;
}

/**
 * One attempt: gets credentials, signs, sends and parses the answer. It reports one outcome to its request, and none once it is
 * cancelled. It uses callbacks, so that steps without a wait create no promises.
 */
export class Attempt<Output> implements Receiver, Timed {
  /** From 1. */
  readonly number: number;
  dueAt = 0;
  heapIndex = -1;
  credentials: Credentials | undefined = undefined;
  signed: SignedRequest | undefined = undefined;
  /** The clock's offset that the request was signed with. */
  offsetMs = 0;
  readonly #request: AttemptedRequest<Output>;
  #isOver = false;
  #ask: CredentialAsk | undefined;
  #exchange: Exchange | undefined;
  #startedAt = 0;
  #timeoutMs = 0;

  constructor(request: AttemptedRequest<Output>, number: number) {
    this.#request = request;
    this.number = number;
  }

  /** @param expired - Credentials that the service has reported as expired. */
  start(expired: Credentials | undefined): void {
    try {
      this.#ask = askCredentials(this.#request.client.options, expired);
    } catch (error) {
      this.#fail(credentialsFailure(error));
      return;
    }
    const { given } = this.#ask;
    // The provider itself may have ended the call.
    if (this.#isOver) this.#ask.cancel();
    if (!isPromise(given)) {
      this.#sign(given);
      return;
    }
    this.#request.onWait();
    given.then(
      (credentials) => this.#sign(credentials),
      (error) => this.#fail(credentialsFailure(error)),
    );
  }

  get isWaitingForCredentials(): boolean {
    return this.#ask !== undefined && this.credentials === undefined;
  }

  #sign(credentials: Credentials): void {
    if (this.#isOver) return;
    try {
      const { client } = this.#request;
      client.checkCredentials(credentials);
      this.credentials = credentials;
      if (!this.#request.accepts(credentials)) return;
      const { signer } = client;
      if (isPromise(signer)) this.#wait(signer, (ready) => this.#signWith(ready, credentials));
      else this.#signWith(signer, credentials);
    } catch (error) {
      this.#fail(error);
    }
  }

  #signWith(signer: RuntimeSigner, credentials: Credentials): void {
    const { client, unsigned } = this.#request;
    this.offsetMs = client.clock.offsetMs;
    const date = new Date(client.runtime.now() + this.offsetMs);
    const signed = signer.sign(unsigned, credentials, { date, nonce: signer.nonce() });
    if (isPromise(signed)) this.#wait(signed, (ready) => this.#send(ready));
    else this.#send(signed);
  }

  #send(signed: SignedRequest): void {
    const { client, limits } = this.#request;
    const { runtime, options, transport, deadlines } = client;
    this.signed = signed;
    if (options.onRequest !== undefined) {
      const { method, query } = signed;
      this.#notify(options.onRequest, { method, query, headers: redactHeaders(signed.headers) });
      if (this.#isOver) return;
    }
    this.#startedAt = runtime.monotonic();
    const leftMs = Math.max(Math.ceil(this.#request.leftMs(this.#startedAt)), 1);
    this.#timeoutMs = Math.min(limits.attemptTimeoutMs, leftMs);
    this.dueAt = this.#startedAt + this.#timeoutMs;
    deadlines.add(this);
    this.#request.onSent();
    this.#exchange = transport.start(signed, this, this.#timeoutMs);
  }

  #wait<Value>(promise: PromiseLike<Value>, step: (value: Value) => void): void {
    promise.then((value) => this.#isOver || step(value)).then(undefined, (error) => this.#fail(error));
  }

  onResponse(response: HttpResponse): void {
    if (!this.#end()) return;
    const { options, runtime } = this.#request.client;
    let parsed: ParsedResponse<Output>;
    try {
      if (options.onResponse !== undefined) {
        const durationMs = runtime.monotonic() - this.#startedAt;
        const requestId = response.header('x-acs-request-id');
        this.#notify(options.onResponse, { status: response.status, requestId, durationMs });
      }
      const redact = (text: string): string => this.#redactor?.(text) ?? text;
      parsed = parseResponse(this.#request.operation, response, this.signed, redact);
    } catch (error) {
      this.#report(error);
      return;
    }
    this.#request.onAnswer(parsed, response);
  }

  onError(error: Error): void {
    this.#fail(error);
  }

  onDue(): void {
    this.#exchange?.cancel();
    const { host } = this.#request.unsigned.endpoint;
    this.#fail(new TimeoutError(`no complete answer from ${host} within ${this.#timeoutMs} ms`));
  }

  /** Cancels the exchange and the wait for credentials. */
  cancel(): void {
    this.#exchange?.cancel();
    this.#ask?.cancel();
    this.#end();
  }

  #fail(error: unknown): void {
    if (this.#end()) this.#report(error);
  }

  #report(error: unknown): void {
    if (this.#redactor !== undefined) redactError(error, this.#redactor);
    this.#request.onFailure(error);
  }

  /** Ends the attempt. Returns false if it had ended before. */
  #end(): boolean {
    if (this.#isOver) return false;
    this.#isOver = true;
    this.#request.client.deadlines.clear(this);
    return true;
  }

  /** The fields that all events of an attempt share. */
  event(): AttemptEvent {
    const { callId, operation, unsigned } = this.#request;
    return { callId, action: operation.action, endpoint: unsigned.endpoint.host, attempt: this.number };
  }

  #notify<Event extends AttemptEvent>(
    hook: (event: Event) => unknown,
    more: Omit<Event, keyof AttemptEvent>,
  ): void {
    const event = { ...this.event(), ...more } as Event; // the two parts of one event
    notify(hook, this.#redactor === undefined ? event : redactedCopy(event, this.#redactor));
  }

  /** Created when it is read: most attempts have nothing to redact. */
  get #redactor(): Redactor | undefined {
    return this.credentials && this.#request.client.redactorFor(this.credentials);
  }
}

/** Not `instanceof`: a provider's promises may come from another realm or another library. */
function isPromise<Value extends object>(value: Value | PromiseLike<Value>): value is PromiseLike<Value> {
  return 'then' in value;
}
