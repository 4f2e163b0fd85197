import type { AnyDescribeImageError, ImageCandidate } from '@describe-image/core';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { withFlagNames } from './flag-names.ts';

export interface ErrorDescription {
  readonly exitCode: ExitCode;
  /** What went wrong, on one line. */
  readonly headline: string;
  /** What was tried, and the request. */
  readonly facts: readonly string[];
  /** What to do, as an instruction. */
  readonly remedy: string | undefined;
  /** Further lines below the remedy, for example a policy. */
  readonly more: readonly string[];
}

/** The exit code and the message of every error of core. */
export function describeError(error: AnyDescribeImageError): ErrorDescription {
  // The service's own text is not changed.
  const isLocal = error.requestId === undefined && error.status === undefined;
  const message = isLocal ? withFlagNames(error.message) : error.message;
  // Only the credential chain writes several lines. Text from the network must not start new ones.
  const [headline = '', ...list] = error.code === 'Credentials' ? message.split('\n') : [message];
  const describe = (exitCode: ExitCode, remedy: string, ...more: readonly string[]): ErrorDescription => ({
    exitCode,
    headline,
    facts: [...list, ...requestLines(error)],
    remedy: withFlagNames(remedy),
    more,
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
      return describe(EXIT.network, networkRemedy(error));
    case 'Timeout':
      return describe(EXIT.network, 'Raise --timeout or --attempt-timeout, or check the network path.');
    case 'Service':
      return describe(EXIT.service, error.remedy);
    case 'Abort':
      return { exitCode: EXIT.aborted, headline: 'interrupted', facts: [], remedy: undefined, more: [] };
  }
}

/** A message without the reference at its start, for output that already shows it. */
export function withoutSubject(message: string, subject: string): string {
  return message.startsWith(`${subject}: `) ? message.slice(subject.length + 2) : message;
}

/** The flags that select one of the candidates of an ambiguous reference. The region is used only without ids, since `--region` also selects the endpoint. */
export function candidateFlags({ regionId, instanceId, repoId }: ImageCandidate): string {
  return [
    ...(instanceId === undefined ? [] : [`--instance ${instanceId}`]),
    ...(repoId === undefined ? [] : [`--repo ${repoId}`]),
    ...(instanceId === undefined && repoId === undefined && regionId !== undefined
      ? [`--image-region ${regionId}`]
      : []),
  ].join(' ');
}

function candidateLines(candidate: ImageCandidate): readonly string[] {
  const { regionId, repoNamespace, repoName, tag, digest } = candidate;
  const name = [repoNamespace, repoName].filter((part) => part !== undefined).join('/');
  return [
    candidateFlags(candidate),
    `  ${name}:${tag ?? '?'} in ${regionId ?? 'an unknown region'}, ${digest ?? 'digest unknown'}`,
  ];
}

const UNVERIFIED = {
  requireLive: 'Push the tag to Container Registry, or remove --require-live.',
  requireScanned: 'Scan the image in the Security Center console, or remove --require-scanned.',
} as const;

const DOCTOR = 'To check the keys, run: describe-image doctor';

/** OpenSSL reports an answer in plain HTTP with these codes. */
const NOT_TLS = new Set([
  'EPROTO',
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
  'ERR_SSL_HTTP_REQUEST',
]);

function networkRemedy({ cause, endpoint, remedy }: AnyDescribeImageError): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (!NOT_TLS.has(code) || endpoint === undefined) return remedy;
  return `The endpoint does not answer in TLS. If it serves plain HTTP, use --endpoint http://${endpoint}`;
}

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
