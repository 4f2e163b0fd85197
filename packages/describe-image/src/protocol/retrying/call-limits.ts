import { ValidationError } from '../../errors/errors.ts';

/** Time limits and retries of one call. @public */
export interface CallLimits {
  /** Time limit of one attempt in milliseconds, body included. @defaultValue 10_000 */
  readonly attemptTimeoutMs?: number | undefined;
  /**
   * Time limit of the whole call in milliseconds. It starts when the call is made and covers the wait for a slot, credentials, all
   * attempts, the waits between them, and all pages and steps. @defaultValue 60_000
   */
  readonly totalTimeoutMs?: number | undefined;
  /** Attempts after the first. `0` turns retries off. @defaultValue 3 */
  readonly maxRetries?: number | undefined;
}

/** Limits with the defaults applied. @public */
export interface ResolvedCallLimits {
  readonly attemptTimeoutMs: number;
  readonly totalTimeoutMs: number;
  readonly maxRetries: number;
}

/** The limits of a call that gives none. @public */
export const DEFAULT_CALL_LIMITS: ResolvedCallLimits = {
  attemptTimeoutMs: 10_000,
  totalTimeoutMs: 60_000,
  maxRetries: 3,
};

/** The maximum of `setTimeout`: with a larger delay it fires immediately. */
const LONGEST_MS = 2_147_483_647;

/** @throws {@link ValidationError} naming the limit. */
export function resolveCallLimits(
  { attemptTimeoutMs, totalTimeoutMs, maxRetries }: CallLimits,
  defaults: ResolvedCallLimits = DEFAULT_CALL_LIMITS,
): ResolvedCallLimits {
  return {
    attemptTimeoutMs: requireInteger(
      'attemptTimeoutMs',
      attemptTimeoutMs ?? defaults.attemptTimeoutMs,
      1,
      LONGEST_MS,
    ),
    totalTimeoutMs: requireInteger(
      'totalTimeoutMs',
      totalTimeoutMs ?? defaults.totalTimeoutMs,
      1,
      LONGEST_MS,
    ),
    maxRetries: requireInteger('maxRetries', maxRetries ?? defaults.maxRetries, 0, 100),
  };
}

/** @throws {@link ValidationError} for anything but a whole number within the bounds. */
export function requireInteger(name: string, value: unknown, least: number, most: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new ValidationError(`${name}: must be a whole number from ${least} to ${most}, got ${String(value)}`);
}

/**
 * One total time limit for several calls. It starts with the first call.
 *
 * @internal
 */
export interface SharedTotal {
  /** The end, by the monotonic clock of the client that performs the calls. The first call sets it. */
  deadline?: number | undefined;
}

/**
 * Options for a function that makes several calls: given to each of them, they share one `totalTimeoutMs`.
 *
 * @internal
 */
export function withSharedTotal<Options extends { readonly sharedTotal?: SharedTotal | undefined }>(
  options: Options,
): Options & { readonly sharedTotal: SharedTotal } {
  return { ...options, sharedTotal: options.sharedTotal ?? {} };
}
