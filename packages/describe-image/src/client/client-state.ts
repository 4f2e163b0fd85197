import { CredentialsError } from '../errors/errors.ts';
import type { Credentials } from '../protocol/credentials.ts';
import { createRedactor, type Redactor } from '../protocol/redaction.ts';
import { createRetryQuota, type RetryQuota } from '../protocol/retrying/retry-quota.ts';
import { createServiceClock, type ServiceClock } from '../protocol/retrying/service-clock.ts';
import type { Transport } from '../transport/transport.ts';
import { transportOverSend } from '../transport/transport-over-send.ts';
import { AbortListeners } from './abort-listeners.ts';
import { requireCredentialsObject } from './ask-credentials.ts';
import { CallQueue } from './call-queue.ts';
import type { ResolvedClientOptions } from './client-options.ts';
import { Deadlines } from './deadlines.ts';
import { PendingList } from './pending-list.ts';
import { createRateLimiter, type RateLimiter } from './rate-limiter.ts';
import type { Runtime, RuntimeSigner } from './runtime.ts';
import { SharedReads } from './shared-reads.ts';

/** The state that all calls of a client share. */
export class ClientState {
  readonly options: ResolvedClientOptions;
  readonly runtime: Runtime;
  readonly transport: Transport;
  readonly clock: ServiceClock = createServiceClock();
  readonly quota: RetryQuota = createRetryQuota();
  readonly limiter: RateLimiter | undefined;
  readonly queue: CallQueue;
  readonly deadlines: Deadlines;
  readonly reads: SharedReads = new SharedReads();
  readonly pending: PendingList = new PendingList();
  readonly abortListeners: AbortListeners = new AbortListeners();
  isClosed = false;
  lastCallId = 0;
  #signer: RuntimeSigner | Promise<RuntimeSigner> | undefined;
  /** The credentials that passed the last check. */
  #checked: Credentials | undefined;
  #redactor: Redactor | undefined;

  constructor(runtime: Runtime, options: ResolvedClientOptions) {
    const { send, requestsPerSecond, concurrency } = options;
    this.options = options;
    this.runtime = runtime;
    this.transport = send === undefined ? runtime.openTransport(options) : transportOverSend(send);
    this.limiter = requestsPerSecond === undefined ? undefined : createRateLimiter(requestsPerSecond);
    this.queue = new CallQueue(concurrency, this.limiter, runtime);
    this.deadlines = new Deadlines(runtime.monotonic);
  }

  get signer(): RuntimeSigner | Promise<RuntimeSigner> {
    if (this.#signer === undefined) {
      const opened = this.runtime.openSigner();
      this.#signer = opened;
      if (opened instanceof Promise) opened.then((signer) => (this.#signer = signer)).catch(() => {});
    }
    return this.#signer;
  }

  /**
   * Rejects keys that could not be sent, or that the service would only reject: line ends from files are the usual case. Values are
   * compared, since a caller may change its object.
   *
   * @throws {@link CredentialsError} naming the field, never its value.
   */
  checkCredentials(credentials: Credentials): void {
    requireCredentialsObject(credentials);
    const { accessKeyId, accessKeySecret, securityToken } = credentials;
    const checked = this.#checked;
    if (
      checked !== undefined &&
      checked.accessKeyId === accessKeyId &&
      checked.accessKeySecret === accessKeySecret &&
      checked.securityToken === securityToken
    )
      return;
    requireKey('accessKeyId', accessKeyId);
    requireKey('accessKeySecret', accessKeySecret);
    if (securityToken !== undefined) requireKey('securityToken', securityToken);
    this.#checked = { accessKeyId, accessKeySecret, securityToken };
    this.#redactor = undefined;
  }

  /** Removes the secrets of these credentials from texts. */
  redactorFor({ accessKeySecret, securityToken }: Credentials): Redactor {
    const { accessKeySecret: secret, securityToken: token } = this.#checked ?? {};
    if (accessKeySecret !== secret || securityToken !== token)
      return createRedactor([accessKeySecret, securityToken]);
    this.#redactor ??= createRedactor([accessKeySecret, securityToken]);
    return this.#redactor;
  }

  /** Ends all calls and closes all sockets. */
  close(): void {
    this.isClosed = true;
    this.pending.close();
    this.transport.close?.();
  }
}

const PRINTABLE = /^[\x21-\x7e]+$/;

function requireKey(name: string, value: unknown): void {
  if (typeof value !== 'string' || !PRINTABLE.test(value))
    throw new CredentialsError(`${name}: must be ASCII without white space`);
}
