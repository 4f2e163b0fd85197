import { type RamPolicy, ramPolicy } from './ram-policy.ts';

// Survives two copies of the package in one program, which instanceof does not.
const marker: symbol = /* @__PURE__ */ Symbol.for('@describe-image/core.error');

/** What is known about a failure besides its message. */
export interface ErrorDetails {
  /** The service's own code, for example `Throttling.User`. */
  readonly apiCode?: string | undefined;
  readonly requestId?: string | undefined;
  /** HTTP status. */
  readonly status?: number | undefined;
  /** The vendor's troubleshooting page for this very answer. */
  readonly recommend?: string | undefined;
  /** How long the service asked to wait, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/**
 * The base of everything this package throws. A subclass exists where a caller would act differently; switch on
 * {@link DescribeImageError.code}.
 *
 * @example
 * ```ts
 * import { DescribeImageError } from '@describe-image/core';
 *
 * export function explain(error: unknown): string {
 *   if (!DescribeImageError.isInstance(error)) throw error;
 *   return `${error.message}\n${error.remedy} (request ${error.requestId ?? 'not answered'})`;
 * }
 * ```
 *
 * @public
 */
export abstract class DescribeImageError extends Error {
  /** The class of failure, by what a caller can do about it. */
  abstract get code(): string;
  /** What to do next, in a sentence. */
  abstract readonly remedy: string;
  /** Whether sending the same call again can succeed. The client has already done so, within its limits. */
  readonly retryable: boolean = false;
  readonly apiCode: string | undefined;
  readonly requestId: string | undefined;
  readonly status: number | undefined;
  readonly recommend: string | undefined;
  readonly retryAfterMs: number | undefined;
  /** How many requests were sent. 0 when the call was refused before any was. */
  attempts = 0;
  /** Host that was asked. */
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
    Object.defineProperty(this, marker, { value: true });
  }

  override get name(): string {
    return `${this.code}Error`;
  }

  /** For logs: every field but the stack and the cause. */
  toJSON(): Record<string, unknown> {
    return { name: this.name, code: this.code, message: this.message, ...(this as object) };
  }

  /** Recognises errors of any copy of this package. */
  static isInstance(error: unknown): error is AnyDescribeImageError {
    return typeof error === 'object' && error !== null && marker in error;
  }
}

/** Discriminated on `code`: a switch without a default fails to compile when a class is added. @public */
export type AnyDescribeImageError =
  | ValidationError
  | CredentialsError
  | PermissionError
  | SignatureError
  | ClockSkewError
  | ThrottlingError
  | NotFoundError
  | AmbiguousError
  | ServiceError
  | NetworkError
  | TimeoutError
  | AbortError;

/** The literal codes. @public */
export type ErrorCode = AnyDescribeImageError['code'];

/** The call was wrong: refused here before anything was sent, or by the service for a bad parameter. @public */
export class ValidationError extends DescribeImageError {
  override get code(): 'Validation' {
    return 'Validation';
  }
  override readonly remedy = 'Correct the value that the message names.';
}

/** No usable credentials: none found, or the service does not know, has disabled or has expired them. @public */
export class CredentialsError extends DescribeImageError {
  override get code(): 'Credentials' {
    return 'Credentials';
  }
  override readonly remedy: string = 'Check that the AccessKey exists, is enabled and has not expired.';
}

/** The keys are good, but RAM does not allow the action. @public */
export class PermissionError extends DescribeImageError {
  override get code(): 'Permission' {
    return 'Permission';
  }
  override readonly remedy: string;
  /** The missing action, for example `yundun-sas:DescribeImage`. */
  readonly ramAction: string;
  /** Who was refused, as RAM names it, when the answer said so. */
  readonly principal: string | undefined;
  /** Why: `ImplicitDeny` (nothing allows it) or `ExplicitDeny` (a policy forbids it), when the answer said so. */
  readonly denial: string | undefined;
  /** The smallest policy that allows the action, ready to paste. */
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
        ? `Remove what denies ${details.ramAction} from the policies of this RAM identity.`
        : `Allow ${details.ramAction} to this RAM identity: attach the policy given here.`;
  }
}

/** Which side of a signature is wrong, told from the string that the service says it signed. */
export type SignatureDiagnosis = 'wrong-secret' | 'different-request' | 'unknown';

const REMEDIES: Readonly<Record<SignatureDiagnosis, string>> = {
  'wrong-secret': 'Check the AccessKey secret: it is not that of this AccessKey id.',
  'different-request': 'Look for a proxy that rewrites requests.',
  unknown: 'Check the AccessKey secret, then look for a proxy that rewrites requests.',
};

/** The service computed another signature, or had seen the nonce before. @public */
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

/** The request's date was too far from the service's clock, even after one correction. @public */
export class ClockSkewError extends DescribeImageError {
  override get code(): 'ClockSkew' {
    return 'ClockSkew';
  }
  override readonly remedy = "Set this machine's clock (NTP): dates may differ by 15 minutes at most.";
  /** The service's time of answering in epoch milliseconds, when its Date header could be read. */
  readonly serverTimeMs: number | undefined;
  /** How far the service's clock is ahead of ours, in milliseconds. */
  offsetMs: number | undefined;

  constructor(message: string, details: ErrorDetails & { serverTimeMs: number | undefined }) {
    super(message, details);
    this.serverTimeMs = details.serverTimeMs;
  }
}

/** Too many requests, and still so after every retry. @public */
export class ThrottlingError extends DescribeImageError {
  override get code(): 'Throttling' {
    return 'Throttling';
  }
  override readonly remedy = 'Slow down: set requestsPerSecond, or a lower concurrency.';
  override readonly retryable = true;
}

/** The service answered, and has no digest or no such image. @public */
export class NotFoundError extends DescribeImageError {
  override get code(): 'NotFound' {
    return 'NotFound';
  }
  override readonly remedy =
    'Check the ids, the tag and the site: Security Center only knows images that it has synchronised.';
}

/** One of several images that a reference could mean. */
export interface ImageCandidate {
  readonly regionId: string | undefined;
  readonly instanceId: string | undefined;
  readonly repoId: string | undefined;
  readonly repoNamespace: string | undefined;
  readonly repoName: string | undefined;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** The reference fits several images; which one is meant is the caller's to say. @public */
export class AmbiguousError extends DescribeImageError {
  override get code(): 'Ambiguous' {
    return 'Ambiguous';
  }
  override readonly remedy = 'Name the region, the instance or the repository id of one of the candidates.';
  readonly candidates: readonly ImageCandidate[];

  constructor(message: string, details: ErrorDetails & { candidates: readonly ImageCandidate[] }) {
    super(message, details);
    this.candidates = details.candidates;
  }
}

/** The service failed, or answered with something that cannot be read. @public */
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
      ? 'Try again later; if it lasts, give the request id to support.'
      : 'Check the endpoint and proxies; else give the request id to support.';
  }
}

/** No complete answer arrived: the name did not resolve, the connection was refused or cut. @public */
export class NetworkError extends DescribeImageError {
  override get code(): 'Network' {
    return 'Network';
  }
  override readonly remedy =
    'Check the endpoint, DNS and the proxy settings; a VPC endpoint answers only inside a VPC.';
  override readonly retryable: boolean;

  /** @param details - `retryable` is false where another attempt must fail as well: a proxy that refuses its password. */
  constructor(
    message: string,
    { cause, retryable = true }: { readonly cause?: unknown; readonly retryable?: boolean | undefined } = {},
  ) {
    super(message, { cause: withoutPayload(cause) });
    this.retryable = retryable;
  }
}

/** Runtimes hang raw bytes and whole requests on their errors: keep what names the fault, drop the rest. */
function withoutPayload(cause: unknown): unknown {
  if (!(cause instanceof Error)) return undefined;
  const { name, message, stack } = cause;
  const code = 'code' in cause && typeof cause.code === 'string' ? { code: cause.code } : {};
  return Object.assign(new Error(message), { name, stack }, code);
}

/** A deadline passed before the answer was complete. @public */
export class TimeoutError extends DescribeImageError {
  override get code(): 'Timeout' {
    return 'Timeout';
  }
  override readonly remedy = 'Raise attemptTimeoutMs or totalTimeoutMs, or check the network path.';
  override readonly retryable = true;
}

/** The caller's AbortSignal fired. Its reason is the cause. @public */
export class AbortError extends DescribeImageError {
  override get code(): 'Abort' {
    return 'Abort';
  }
  override readonly remedy = 'None needed.';
}
