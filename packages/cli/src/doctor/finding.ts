import type { AnyDescribeImageError } from '@describe-image/core';
import { DescribeImageError } from '@describe-image/core/protocol';
import { describeError } from '../describe-error.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';

/** `warn`: usable, with a problem. `skipped`: not configured, or a check that it depends on failed. */
export type FindingState = 'ok' | 'warn' | 'fail' | 'skipped';

/** The result of one check and its remedy. Contains no secrets. */
export interface Finding {
  /** Stable: `credentials.environment`, `endpoint`, `action.DescribeImage`. */
  readonly check: string;
  /** Shown in the text report. */
  readonly title: string;
  readonly state: FindingState;
  readonly detail: string;
  readonly remedy: string;
  /** Exit code of the process when this is the first failed finding. */
  readonly exitCode: ExitCode;
  /** Structured details for the JSON report. */
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

/** The finding of a check that was skipped because `blocker` failed. */
export function notTried(check: Check, blocker: Finding): Finding {
  return skipped(check, `not tried: ${blocker.title} failed`, `Fix "${blocker.title}" first.`);
}

/**
 * The finding for an error, with the same message and exit code as in other commands.
 *
 * @throws the error itself when it is an AbortError.
 */
export function failure(check: Check, error: unknown): Finding {
  if (!DescribeImageError.isInstance(error)) {
    const name = error instanceof Error ? error.name : typeof error;
    return fail(
      check,
      EXIT.unexpected,
      `failed with ${name}`,
      'This is a bug in describe-image. Please report it.',
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
