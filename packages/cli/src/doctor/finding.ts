import type { AnyDescribeImageError } from '@describe-image/core';
import { DescribeImageError } from '@describe-image/core/protocol';
import { describeError } from '../describe-error.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';

/** `warn`: it works, but not as it should. `skipped`: nothing to look at, or something before it failed. */
export type FindingState = 'ok' | 'warn' | 'fail' | 'skipped';

/** What was looked at, how it is, and what to do. Holds no secrets. */
export interface Finding {
  /** Stable: `credentials.environment`, `endpoint`, `action.DescribeImage`. */
  readonly check: string;
  /** For people. */
  readonly title: string;
  readonly state: FindingState;
  readonly detail: string;
  readonly remedy: string;
  /** What the process ends with when this is the first that fails. */
  readonly exitCode: ExitCode;
  /** The same as values. */
  readonly facts: Facts;
}

export type Facts = Readonly<Record<string, unknown>>;
export type Check = Pick<Finding, 'check' | 'title'>;

export const NOTHING_TO_DO = 'Nothing to do.';

export function ok(check: Check, detail: string, facts: Facts = {}): Finding {
  return { ...check, state: 'ok', detail, remedy: NOTHING_TO_DO, exitCode: EXIT.found, facts };
}

export function warn(check: Check, detail: string, remedy: string, facts: Facts = {}): Finding {
  return { ...check, state: 'warn', detail, remedy, exitCode: EXIT.found, facts };
}

export function fail(
  check: Check,
  exitCode: ExitCode,
  detail: string,
  remedy: string,
  facts: Facts = {},
): Finding {
  return { ...check, state: 'fail', detail, remedy, exitCode, facts };
}

export function skipped(check: Check, detail: string, remedy: string = NOTHING_TO_DO): Finding {
  return { ...check, state: 'skipped', detail, remedy, exitCode: EXIT.found, facts: {} };
}

/** Not looked at because another finding failed. */
export function notTried(check: Check, blocker: Finding): Finding {
  return skipped(check, `not tried: ${blocker.title} failed`, `First mend "${blocker.title}".`);
}

/**
 * A failure in the words, and with the exit code, that it has everywhere else.
 *
 * @throws the error itself when it is an interruption, which nothing may outlive.
 */
export function failure(check: Check, error: unknown): Finding {
  if (!DescribeImageError.isInstance(error)) {
    const name = error instanceof Error ? error.name : typeof error;
    return fail(
      check,
      EXIT.unexpected,
      `failed with ${name}`,
      'This is a bug of describe-image: please report it.',
    );
  }
  if (error.code === 'Abort') throw error;
  const { exitCode, headline } = describeError(error);
  return fail(check, exitCode, headline, error.remedy, errorFacts(error));
}

function errorFacts(error: AnyDescribeImageError): Facts {
  const { code, apiCode, requestId, endpoint, attempts } = error;
  return {
    code,
    apiCode,
    requestId,
    endpoint,
    attempts,
    policy: error.code === 'Permission' && error.denial !== 'ExplicitDeny' ? error.policy : undefined,
  };
}
