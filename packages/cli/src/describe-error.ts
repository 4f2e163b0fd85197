import type { AnyDescribeImageError, ImageCandidate } from '@describe-image/core';
import { EXIT, type ExitCode } from './exit-codes.ts';

export interface ErrorDescription {
  readonly exitCode: ExitCode;
  /** What happened. */
  readonly headline: string;
  /** The request, then what to do. */
  readonly lines: readonly string[];
}

/** Words every failure, in one place: what happened, which request it was, what to do. */
export function describeError(error: AnyDescribeImageError): ErrorDescription {
  // The steps of the credential chain stand on lines of their own; nobody else's words may.
  const [headline = '', ...list] = error.code === 'Credentials' ? error.message.split('\n') : [error.message];
  const describe = (exitCode: ExitCode, ...advice: readonly string[]): ErrorDescription => ({
    exitCode,
    headline,
    lines: [...list, ...requestLines(error), ...advice],
  });
  switch (error.code) {
    case 'Validation':
      return describe(EXIT.usage, error.remedy);
    case 'NotFound':
      return describe(EXIT.notFound, error.remedy, 'What it has synchronised: describe-image images');
    case 'Ambiguous':
      return describe(EXIT.ambiguous, 'Say which one is meant:', ...error.candidates.flatMap(candidateLines));
    case 'Permission':
      // Another permission cannot mend an explicit denial.
      return error.denial === 'ExplicitDeny'
        ? describe(EXIT.denied, error.remedy)
        : describe(EXIT.denied, error.remedy, ...JSON.stringify(error.policy, null, 2).split('\n'));
    case 'Throttling':
      return describe(EXIT.throttled, 'Try again later, or allow more patience: --retries 8 --timeout 5m');
    case 'Credentials':
      return describe(EXIT.credentials, error.remedy, DOCTOR);
    case 'Signature':
      return describe(
        EXIT.credentials,
        error.remedy,
        ...(error.diagnosis === 'different-request' ? [] : [DOCTOR]),
      );
    case 'ClockSkew':
      return describe(EXIT.credentials, error.remedy);
    case 'Network':
      return describe(EXIT.network, error.remedy);
    case 'Timeout':
      return describe(
        EXIT.network,
        'Allow more time with --timeout and --attempt-timeout, or check the network path.',
      );
    case 'Service':
      return describe(EXIT.service, error.remedy);
    case 'Abort':
      return { exitCode: EXIT.aborted, headline: 'interrupted', lines: [] };
  }
}

const DOCTOR = 'Where the keys come from, and whether they are good: describe-image doctor';

function requestLines({
  requestId,
  endpoint,
  attempts,
  recommend,
}: AnyDescribeImageError): readonly string[] {
  const lines: string[] = [];
  if (requestId !== undefined) lines.push(`request id: ${requestId}`);
  if (endpoint !== undefined && attempts > 0)
    lines.push(`endpoint: ${endpoint}${attempts > 1 ? `, after ${attempts} attempts` : ''}`);
  if (recommend !== undefined) lines.push(`the vendor's page: ${recommend}`);
  return lines;
}

/** The flags name instance and repository, which are exact; a region would also pick another endpoint. */
function candidateLines(candidate: ImageCandidate): readonly string[] {
  const { regionId, instanceId, repoId, repoNamespace, repoName, tag, digest } = candidate;
  const flags = [
    ...(instanceId === undefined ? [] : [`--instance ${instanceId}`]),
    ...(repoId === undefined ? [] : [`--repo ${repoId}`]),
    ...(instanceId === undefined && repoId === undefined && regionId !== undefined
      ? [`--image-region ${regionId}`]
      : []),
  ];
  const name = [repoNamespace, repoName].filter((part) => part !== undefined).join('/');
  return [
    `${flags.join(' ')}`,
    `  ${name}:${tag ?? '?'} in ${regionId ?? 'an unknown region'}, ${digest ?? 'digest unknown'}`,
  ];
}
