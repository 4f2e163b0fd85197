import type { Client, ResolvedImage } from '@describe-image/core';
import { assessRiskOfStatus, type RiskAssessment, unmetDemand } from '@describe-image/core/images';
import type { Resolution } from '../batch/resolve-all.ts';
import { withoutSubject } from '../describe-error.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { describe } from '../report-error.ts';
import type { Declaration } from './declaration.ts';
import type { REJECTED } from './output-formats.ts';

/** A value of `--fail-on`. */
export type Rejected = (typeof REJECTED)[number];

/** What a gate requires besides equal digests. */
export interface Requirements {
  readonly requireLive: boolean;
  readonly requireScanned: boolean;
  readonly requirePinned: boolean;
  readonly failOn: readonly Rejected[];
}

export type CheckStatus = 'match' | 'unpinned' | 'mismatch' | 'missing' | 'not-acceptable' | 'error';

/** The result of verifying one declaration. */
export interface ImageCheck extends Declaration {
  readonly status: CheckStatus;
  /** Why the status is not `match`. */
  readonly reason: string | undefined;
  readonly exitCode: ExitCode;
  /** The digest of DescribeImage. */
  readonly live: string | undefined;
  /** The digest of the inventory. */
  readonly inventory: string | undefined;
  readonly scanned: boolean | undefined;
  readonly risk: RiskAssessment | undefined;
  readonly requestId: string | undefined;
}

/** Compares what is declared and what runs with the digest of the tag. */
export function checkImage(
  declaration: Declaration,
  resolution: Resolution<number | undefined>,
  requirements: Requirements,
): ImageCheck {
  const { resolved, error } = resolution;
  if (resolved === undefined) return failedCheck(declaration, error);
  const { digest, sources, scanned, image, requestId, liveCheck } = resolved;
  const digestFrom = (wanted: string): string | undefined =>
    sources.find(({ source }) => source === wanted)?.digest;
  const check = {
    ...declaration,
    live: digestFrom('DescribeImage'),
    inventory: digestFrom('DescribeImageInstances'),
    scanned,
    risk: assessRiskOfStatus(image, { digest, liveCheck }),
    requestId,
  };
  const { declared, running } = declaration;
  const differing = [
    ...(declared !== undefined && declared !== digest ? [`${declared} is declared`] : []),
    ...(running !== undefined && running !== digest ? [`${running} runs`] : []),
  ];
  if (differing.length > 0)
    return {
      ...check,
      status: 'mismatch',
      reason: `the tag has ${digest}, but ${differing.join(' and ')}`,
      exitCode: EXIT.mismatch,
    };
  const rejection = rejectionOf(declaration, resolved, resolution.extra, check.risk, requirements);
  if (rejection !== undefined)
    return { ...check, status: 'not-acceptable', reason: rejection, exitCode: EXIT.notAcceptable };
  return declared === undefined && running === undefined
    ? { ...check, status: 'unpinned', reason: 'no digest is declared', exitCode: EXIT.found }
    : { ...check, status: 'match', reason: undefined, exitCode: EXIT.found };
}

function failedCheck(declaration: Declaration, error: Resolution['error']): ImageCheck {
  const { headline, exitCode } = describe(error);
  const isMissing = error?.code === 'NotFound';
  return {
    ...declaration,
    status: isMissing ? 'missing' : 'error',
    reason: withoutSubject(headline, declaration.reference),
    exitCode,
    live: undefined,
    inventory: isMissing ? error.lastKnown?.digest : undefined,
    scanned: undefined,
    risk: undefined,
    requestId: error?.requestId,
  };
}

function rejectionOf(
  { declared }: Declaration,
  { state, liveCheck, scanned }: ResolvedImage,
  urgent: number | undefined,
  risk: RiskAssessment,
  { requirePinned, failOn, ...demands }: Requirements,
): string | undefined {
  if (requirePinned && declared === undefined) return 'no digest is declared';
  const unmet = unmetDemand({ state, liveCheck, scanned }, demands);
  if (unmet !== undefined) return unmet.reason;
  // Unknown is not clean.
  if (failOn.includes('risky') && risk.state !== 'clean') return `the risk is ${risk.state}: ${risk.reason}`;
  if (failOn.includes('stale') && risk.state === 'stale') return `the scan is stale: ${risk.reason}`;
  if (!isAboutUrgency(failOn)) return undefined;
  if (!scanned) return 'no scan of exactly this digest has finished since the image last changed';
  return urgent ? `${urgent} vulnerabilities have a priority that --fail-on does not accept` : undefined;
}

function isAboutUrgency(failOn: readonly Rejected[]): boolean {
  return failOn.includes('asap') || failOn.includes('later');
}

/** The number of vulnerabilities that `--fail-on asap` or `later` rejects. */
export async function countUrgent(
  client: Client,
  { digest }: ResolvedImage,
  failOn: readonly Rejected[],
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  if (!isAboutUrgency(failOn)) return undefined;
  let count = 0;
  // A priority that is not documented counts as urgent as later.
  const isUrgent = (necessity: string): boolean =>
    necessity === 'asap' || (failOn.includes('later') && necessity !== 'nntf');
  for await (const { vulnerabilities } of client.listVulnerabilities({ digest }, { signal }).pages())
    count += vulnerabilities.filter(({ necessity }) => isUrgent(necessity)).length;
  return count;
}
