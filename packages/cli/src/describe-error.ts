import type { AnyDescribeImageError, ImageCandidate } from '@describe-image/core';
import { EXIT, type ExitCode } from './exit-codes.ts';

export interface ErrorDescription {
  readonly exitCode: ExitCode;
  /** What went wrong, on one line. */
  readonly headline: string;
  /** The request, then the remedy. */
  readonly lines: readonly string[];
}

/** The exit code and the message of every error of core. */
export function describeError(error: AnyDescribeImageError): ErrorDescription {
  // Only the credential chain writes several lines. Text from the network must not start new ones.
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
      return describe(
        EXIT.notFound,
        error.lastKnown === undefined ? error.remedy : 'To accept this digest, add --allow-last-known.',
        'To list the synchronised images, run: describe-image images',
      );
    case 'Unverified':
      return describe(EXIT.notAcceptable, UNVERIFIED[error.demand]);
    case 'Ambiguous':
      return describe(
        EXIT.ambiguous,
        'Add the flags of one of these images:',
        ...error.candidates.flatMap(candidateLines),
      );
    case 'Permission':
      // An Allow policy does not override an explicit Deny.
      return error.denial === 'ExplicitDeny'
        ? describe(EXIT.denied, error.remedy)
        : describe(EXIT.denied, error.remedy, ...JSON.stringify(error.policy, null, 2).split('\n'));
    case 'Throttling':
      return describe(EXIT.throttled, 'Try again later, or raise the limits: --retries 8 --timeout 5m');
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
      return describe(EXIT.network, 'Raise --timeout or --attempt-timeout, or check the network path.');
    case 'Service':
      return describe(EXIT.service, error.remedy);
    case 'Abort':
      return { exitCode: EXIT.aborted, headline: 'interrupted', lines: [] };
  }
}

const UNVERIFIED = {
  requireLive: 'Push the tag to Container Registry, or remove --require-live.',
  requireScanned: 'Scan the image in the Security Center console, or remove --require-scanned.',
} as const;

const DOCTOR = 'To check the keys, run: describe-image doctor';

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
  if (recommend !== undefined) lines.push(`troubleshooting: ${recommend}`);
  return lines;
}

/** Instance and repository identify the image. The region is used only without them, since `--region` also selects the endpoint. */
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
