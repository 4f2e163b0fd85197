import { type RamPolicy, ramPolicy } from './ram-policy.ts';

// A registered symbol, because instanceof fails when a program contains two copies of the package.
const classId: symbol = /* @__PURE__ */ Symbol.for('@describe-image/core.error');

/** Fields of an error besides its message. @public */
export interface ErrorDetails {
  /** The service's own code, for example `Throttling.User`. */
  readonly apiCode?: string | undefined;
  readonly requestId?: string | undefined;
  /** HTTP status. */
  readonly status?: number | undefined;
  /** URL of the vendor's troubleshooting page for this answer. */
  readonly recommend?: string | undefined;
  /** The delay that the service requested, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/**
 * The base class of all errors of this package. There is one subclass per way in which a caller can react; switch on
 * {@link DescribeImageError.code}.
 *
 * @example
 * ```ts
 * import { DescribeImageError } from '@describe-image/core';
 *
 * export function explain(error: unknown): string {
 *   if (!DescribeImageError.isInstance(error)) throw error;
 *   return `${error.message}\n${error.remedy} (request ${error.requestId ?? 'unknown'})`;
 * }
 * ```
 *
 * @public
 */
export abstract class DescribeImageError extends Error {
  /** Identifies the subclass. */
  abstract get code(): string;
  /** What to do next, as an instruction. */
  abstract readonly remedy: string;
  /** Whether the same call can succeed later. The client has already retried it, within its limits. */
  readonly retryable: boolean = false;
  readonly apiCode: string | undefined;
  readonly requestId: string | undefined;
  readonly status: number | undefined;
  readonly recommend: string | undefined;
  readonly retryAfterMs: number | undefined;
  /** Number of requests sent. 0 if the call was rejected before the first. */
  attempts = 0;
  /** Host that the requests were sent to. */
  endpoint: string | undefined;

  constructor(
    message: string,
    { apiCode, requestId, status, recommend, retryAfterMs, cause }: ErrorDetails = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.apiCode = apiCode;
    this.requestId = requestId;
    this.status = status;
    this.recommend = recommend;
    this.retryAfterMs = retryAfterMs;
    Object.defineProperty(this, classId, { value: new.target.id });
  }

  override get name(): string {
    return `${this.code}Error`;
  }

  /** All fields except `stack` and `cause`, for logs. */
  toJSON(): Record<string, unknown> {
    return { name: this.name, code: this.code, message: this.message, ...(this as object) };
  }

  /**
   * Identifies the class in every copy of the package; absent for the base class. A subclass with the code of its parent appends to
   * the parent's id, after a dot.
   *
   * @internal
   */
  static get id(): string | undefined {
    // biome-ignore lint/complexity/noThisInStatic: each subclass has its own code
    return this.prototype.code;
  }

  /**
   * Whether a value is an error of this class or a subclass, also if another copy of the package created it.
   *
   * @example
   * ```ts
   * import { NotFoundError } from '@describe-image/core';
   *
   * export const isMissing = (error: unknown): boolean => NotFoundError.isInstance(error);
   * ```
   */
  static isInstance<Class extends ErrorClass>(this: Class, error: unknown): error is InstanceOf<Class> {
    if (typeof error !== 'object' || error === null || !(classId in error)) return false;
    // biome-ignore lint/complexity/noThisInStatic: each subclass has its own id
    const { id } = this;
    return id === undefined || `${Reflect.get(error, classId)}.`.startsWith(`${id}.`);
  }
}

/** The static side of an error class. @public */
export type ErrorClass = (abstract new (
  ...details: never
) => DescribeImageError) & {
  readonly id: string | undefined;
};

/** What `isInstance` narrows to: the union of all errors for the base class, else the class. @public */
export type InstanceOf<Class extends ErrorClass> =
  DescribeImageError extends InstanceType<Class> ? AnyDescribeImageError : InstanceType<Class>;

/** All errors, discriminated by `code`: a switch without a default does not compile when a class is added. @public */
export type AnyDescribeImageError =
  | ValidationError
  | CredentialsError
  | PermissionError
  | SignatureError
  | ClockSkewError
  | ThrottlingError
  | NotFoundError
  | UnverifiedError
  | AmbiguousError
  | ServiceError
  | NetworkError
  | TimeoutError
  | AbortError;

/** The codes of all errors. @public */
export type ErrorCode = AnyDescribeImageError['code'];

/** A value is invalid: rejected before the request, or by the service. @public */
export class ValidationError extends DescribeImageError {
  override get code(): 'Validation' {
    return 'Validation';
  }
  override readonly remedy = 'Correct the value named in the message.';
}

/** There are no valid credentials: none were found, or they are unknown to the service, disabled or expired. @public */
export class CredentialsError extends DescribeImageError {
  override get code(): 'Credentials' {
    return 'Credentials';
  }
  override readonly remedy: string = 'Check that the AccessKey exists, is enabled and has not expired.';
}

/** The credentials are valid, but RAM does not allow the action. @public */
export class PermissionError extends DescribeImageError {
  override get code(): 'Permission' {
    return 'Permission';
  }
  override readonly remedy: string;
  /** The missing action, for example `yundun-sas:DescribeImage`. */
  readonly ramAction: string;
  /** The RAM identity that was denied, if the answer contains it. */
  readonly principal: string | undefined;
  /** `ImplicitDeny` (no policy allows it) or `ExplicitDeny` (a policy forbids it), if the answer contains it. */
  readonly denial: string | undefined;
  /** The smallest policy that allows the action. */
  readonly policy: RamPolicy;

  constructor(
    message: string,
    details: ErrorDetails & {
      ramAction: string;
      principal?: string | undefined;
      denial?: string | undefined;
    },
  ) {
    super(message, details);
    this.ramAction = details.ramAction;
    this.principal = details.principal;
    this.denial = details.denial;
    this.policy = ramPolicy([details.ramAction]);
    this.remedy =
      details.denial === 'ExplicitDeny'
        ? `Remove the statement that denies ${details.ramAction} from the policies of this RAM identity.`
        : `Attach a policy that allows ${details.ramAction} to this RAM identity.`;
  }
}

/** The cause of a rejected signature, from the string that the service signed. @public */
export type SignatureDiagnosis = 'wrong-secret' | 'different-request' | 'unknown';

const REMEDIES: Readonly<Record<SignatureDiagnosis, string>> = {
  'wrong-secret': 'Set the AccessKey secret that belongs to this AccessKey id.',
  'different-request': 'Check whether a proxy rewrites requests.',
  unknown: 'Check the AccessKey secret, then whether a proxy rewrites requests.',
};

/** The service computed another signature, or received the nonce before. @public */
export class SignatureError extends DescribeImageError {
  override get code(): 'Signature' {
    return 'Signature';
  }
  override readonly remedy: string;
  readonly diagnosis: SignatureDiagnosis;

  constructor(message: string, details: ErrorDetails & { diagnosis: SignatureDiagnosis }) {
    super(message, details);
    this.diagnosis = details.diagnosis;
    this.remedy = REMEDIES[details.diagnosis];
  }
}

/** The local clock differs too much from the service's, even after one correction. @public */
export class ClockSkewError extends DescribeImageError {
  override get code(): 'ClockSkew' {
    return 'ClockSkew';
  }
  override readonly remedy = 'Set the clock of this machine by NTP: the maximum difference is 15 minutes.';
  /** The service's time in epoch milliseconds, if its Date header was readable. */
  readonly serverTimeMs: number | undefined;
  /** How far the service's clock is ahead of the local one, in milliseconds. */
  offsetMs: number | undefined;

  constructor(message: string, details: ErrorDetails & { serverTimeMs: number | undefined }) {
    super(message, details);
    this.serverTimeMs = details.serverTimeMs;
  }
}

/** The service throttled the call and all retries. @public */
export class ThrottlingError extends DescribeImageError {
  override get code(): 'Throttling' {
    return 'Throttling';
  }
  override readonly remedy = 'Set requestsPerSecond or a lower concurrency.';
  override readonly retryable = true;
}

/** A digest that a tag had when Security Center last read the registry. @public */
export interface LastKnownDigest {
  readonly digest: `sha256:${string}`;
  /** When the inventory was read, by the local clock. */
  readonly observedAt: Date;
}

/** The service has no such image, or no digest for it. @public */
export class NotFoundError extends DescribeImageError {
  override get code(): 'NotFound' {
    return 'NotFound';
  }
  override readonly remedy =
    'Check the ids, the tag and the site: Security Center has only images that it has synchronised.';
  /** The digest in the inventory, if DescribeImage has none: the tag was probably deleted from the registry. */
  readonly lastKnown: LastKnownDigest | undefined;

  constructor(message: string, details: ErrorDetails & { lastKnown?: LastKnownDigest | undefined } = {}) {
    super(message, details);
    this.lastKnown = details.lastKnown;
  }
}

/** The digest or its scan does not satisfy `requireLive` or `requireScanned`. @public */
export class UnverifiedError extends DescribeImageError {
  override get code(): 'Unverified' {
    return 'Unverified';
  }
  override readonly remedy: string;
  /** The option that is not satisfied. */
  readonly demand: 'requireLive' | 'requireScanned';

  constructor(message: string, details: ErrorDetails & { demand: 'requireLive' | 'requireScanned' }) {
    super(message, details);
    this.demand = details.demand;
    this.remedy =
      details.demand === 'requireLive'
        ? 'Name an image of Container Registry by a tag that exists, or do not set requireLive.'
        : 'Scan the image in Security Center and wait for the scan to finish, or do not set requireScanned.';
  }
}

/** One of several images that match a reference. @public */
export interface ImageCandidate {
  readonly regionId: string | undefined;
  readonly instanceId: string | undefined;
  readonly repoId: string | undefined;
  readonly repoNamespace: string | undefined;
  readonly repoName: string | undefined;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** The reference matches several images. @public */
export class AmbiguousError extends DescribeImageError {
  override get code(): 'Ambiguous' {
    return 'Ambiguous';
  }
  override readonly remedy = 'Give the region, the instance or the repository id of one of the candidates.';
  readonly candidates: readonly ImageCandidate[];

  constructor(message: string, details: ErrorDetails & { candidates: readonly ImageCandidate[] }) {
    super(message, details);
    this.candidates = details.candidates;
  }
}

/** The service failed, or its answer is unreadable. @public */
export class ServiceError extends DescribeImageError {
  override get code(): 'Service' {
    return 'Service';
  }
  override readonly remedy: string;
  override readonly retryable: boolean;

  /** @param details - `retryable` defaults to whether the status is 500 or above. */
  constructor(message: string, details: ErrorDetails & { readonly retryable?: boolean | undefined } = {}) {
    super(message, details);
    this.retryable = details.retryable ?? (details.status ?? 0) >= 500;
    this.remedy = this.retryable
      ? 'Retry later; if the error persists, give the request id to Alibaba Cloud support.'
      : 'Check the endpoint and the proxy; if the error persists, give the request id to Alibaba Cloud support.';
  }
}

/** No complete answer arrived: the host name was not resolved, or the connection was refused or closed. @public */
export class NetworkError extends DescribeImageError {
  override get code(): 'Network' {
    return 'Network';
  }
  override readonly remedy =
    'Check the endpoint, DNS and the proxy settings; a VPC endpoint is reachable only inside a VPC.';
  override readonly retryable: boolean;

  /** @param details - `retryable` is false if another attempt would fail too, for example if a proxy rejects the password. */
  constructor(
    message: string,
    { cause, retryable = true }: { readonly cause?: unknown; readonly retryable?: boolean | undefined } = {},
  ) {
    super(message, { cause: withoutPayload(cause) });
    this.retryable = retryable;
  }
}

/** Runtimes attach raw bytes and whole requests to their errors, which can contain secrets: only these fields are kept. */
function withoutPayload(cause: unknown): unknown {
  if (!(cause instanceof Error)) return undefined;
  const { name, message, stack } = cause;
  const code = 'code' in cause && typeof cause.code === 'string' ? { code: cause.code } : {};
  return Object.assign(new Error(message), { name, stack }, code);
}

/** A time limit was exceeded. @public */
export class TimeoutError extends DescribeImageError {
  override get code(): 'Timeout' {
    return 'Timeout';
  }
  override readonly remedy = 'Raise attemptTimeoutMs or totalTimeoutMs, or check the network path.';
  override readonly retryable = true;
}

/** The caller's AbortSignal aborted the call, or the client was closed. The reason of the signal is the cause. @public */
export class AbortError extends DescribeImageError {
  override get code(): 'Abort' {
    return 'Abort';
  }
  override readonly remedy = 'No action is needed.';
}
