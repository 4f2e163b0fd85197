import type { ImageCandidate } from '@describe-image/core';
import { DescribeImageError } from '@describe-image/core/protocol';
import { CommanderError } from 'commander';
import { CommandError } from '../command-error.ts';
import { candidateFlags, type ErrorDescription } from '../describe-error.ts';

/** An error as JSON: every field that a script can act on. Absent values are `null`. */
export function errorJson(
  error: unknown,
  { exitCode, headline, facts, remedy }: ErrorDescription,
): Readonly<Record<string, unknown>> {
  const core = DescribeImageError.isInstance(error) ? error : undefined;
  return {
    code: codeOf(error),
    exitCode,
    message: headline,
    details: facts,
    remedy,
    apiCode: core?.apiCode,
    status: core?.status,
    requestId: core?.requestId,
    endpoint: core?.endpoint,
    attempts: core?.attempts,
    troubleshooting: core?.recommend,
    candidates:
      core?.code === 'Ambiguous'
        ? core.candidates.map((candidate) => ({ flags: candidateFlags(candidate), ...fieldsOf(candidate) }))
        : undefined,
    lastKnown: core?.code === 'NotFound' ? core.lastKnown : undefined,
    policy: core?.code === 'Permission' && core.denial !== 'ExplicitDeny' ? core.policy : undefined,
    causes: causesOf(error),
  };
}

function codeOf(error: unknown): string {
  if (DescribeImageError.isInstance(error) || error instanceof CommandError) return error.code;
  return error instanceof CommanderError ? 'Usage' : 'Unexpected';
}

function fieldsOf(candidate: ImageCandidate): ImageCandidate {
  const { regionId, instanceId, repoId, repoNamespace, repoName, tag, digest } = candidate;
  return { regionId, instanceId, repoId, repoNamespace, repoName, tag, digest };
}

/** The chain of causes. Messages of core and Node contain no secrets: core keeps only name, message and code of a cause. */
function causesOf(error: unknown): readonly unknown[] {
  const causes: unknown[] = [];
  let cause = error instanceof Error ? error.cause : undefined;
  while (cause instanceof Error && causes.length < 5) {
    const { name, message } = cause;
    causes.push({ name, message, code: 'code' in cause ? cause.code : undefined });
    cause = cause.cause;
  }
  return causes;
}
