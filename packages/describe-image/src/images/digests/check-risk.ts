import { NotFoundError, PermissionError } from '../../errors/errors.ts';
import type { DescribeImageInput } from '../../operations/describe-image.ts';
import type { Image } from '../../operations/image.ts';
import type { ImageDigest } from '../../operations/image-digest.ts';
import type { Vulnerability } from '../../operations/vulnerability.ts';
import type { Call, CallOptions } from '../../protocol/operation.ts';
import { withSharedTotal } from '../../protocol/retrying/call-limits.ts';
import { assessRisk, assessRiskOfDigest, isVerdict, type RiskAssessment } from '../inventory/assess-risk.ts';
import type { CandidateHints } from '../inventory/select-candidates.ts';
import { listVulnerabilities } from '../vulnerabilities/list-vulnerabilities.ts';
import type { VulnerabilitySummary } from '../vulnerabilities/summarize-vulnerabilities.ts';
import {
  type DigestDemands,
  type DigestState,
  type DigestStatus,
  digestStatus,
  LIVE_CHECK_REASONS,
  type LiveCheck,
  requireDemands,
} from './digest-status.ts';
import { observeImage } from './observe-image.ts';

/** The risk of an image for the digest that its tag has now. @public */
export interface CheckedRisk extends RiskAssessment {
  /** The digest of the tag; absent if it is missing or unknown. */
  readonly digest: ImageDigest | undefined;
  readonly digestState: DigestState;
  readonly liveCheck: LiveCheck;
  /** The digest that was scanned. */
  readonly scannedDigest: ImageDigest | undefined;
  /** The inventory's digest, if DescribeImage did not return one. */
  readonly lastKnown: DigestStatus['lastKnown'];
  readonly image: Image;
  readonly requestId: string | undefined;
  /** When the digest was observed, by the local clock. */
  readonly observedAt: Date;
  /**
   * The most urgent vulnerabilities of `scannedDigest`, which need not be the digest that the tag has now. Absent unless the option is
   * set, and if they are denied or no digest was scanned.
   */
  readonly topVulnerabilities?: readonly Vulnerability[] | undefined;
  /** Counts all vulnerabilities of `scannedDigest`. */
  readonly vulnerabilitySummary?: VulnerabilitySummary | undefined;
  /** The error if RAM does not allow the list of vulnerabilities. The rest of the result is not affected. */
  readonly vulnerabilitiesDenied?: PermissionError | undefined;
}

/** How to check. @public */
export interface CheckRiskOptions extends CallOptions, CandidateHints, DigestDemands {
  /** How many of the most urgent vulnerabilities to return. Reads all of them. @defaultValue none, without a request */
  readonly topVulnerabilities?: number | undefined;
}

/**
 * The risk of a reference or of four ids. It is never `clean` or `risky` if another digest was scanned than the one that the tag has
 * now, or if DescribeImage has no digest for the tag.
 *
 * @throws ValidationError for a text that is not a reference.
 * @throws {@link NotFoundError} if the inventory has no such image.
 * @throws AmbiguousError if rows of several repositories match.
 * @throws UnverifiedError if `requireLive` or `requireScanned` is not met; and whatever `call` throws.
 *
 * @example
 * ```ts
 * import { createClient } from '@describe-image/core';
 * import { checkRisk } from '@describe-image/core/images';
 *
 * const client = createClient({ credentials: { accessKeyId: 'testid', accessKeySecret: 'testsecret' } });
 * const { state, reason } = await checkRisk(client.call, 'shop/api:1.8.0');
 * if (state !== 'clean') throw new Error(reason);
 * ```
 *
 * @public
 */
export async function checkRisk(
  call: Call,
  target: string | DescribeImageInput,
  checkOptions: CheckRiskOptions = {},
): Promise<CheckedRisk> {
  const { topVulnerabilities: limit, ...options } = withSharedTotal(checkOptions);
  const name = typeof target === 'string' ? target : `${target.imageRepoId}:${target.imageTag}`;
  const observed = await observeImage(call, target, { ...options, inventory: 'required' });
  const { image, inventory } = observed;
  if (image === undefined || inventory === undefined)
    throw new NotFoundError(`${name}: no such image in the inventory of Security Center`);
  const status = digestStatus(observed);
  requireDemands(name, status, options, observed);
  const { digest, state, liveCheck, scannedDigest, lastKnown, observation = inventory } = status;
  return {
    ...assessRiskOfStatus(image, status),
    digest,
    digestState: state,
    liveCheck,
    scannedDigest,
    lastKnown,
    image,
    requestId: observation.requestId,
    observedAt: observation.observedAt,
    ...(limit !== undefined &&
      scannedDigest !== undefined &&
      (await readTopVulnerabilities(call, scannedDigest, { ...options, limit }))),
  };
}

async function readTopVulnerabilities(
  call: Call,
  digest: ImageDigest,
  options: CallOptions & { readonly limit: number },
): Promise<Pick<CheckedRisk, 'topVulnerabilities' | 'vulnerabilitySummary' | 'vulnerabilitiesDenied'>> {
  try {
    const list = listVulnerabilities(call, { digest }, { ...options, mostUrgentFirst: true });
    const { vulnerabilities, summary } = await list.all();
    return { topVulnerabilities: vulnerabilities, vulnerabilitySummary: summary };
  } catch (error) {
    if (!PermissionError.isInstance(error)) throw error;
    return { vulnerabilitiesDenied: error };
  }
}

/**
 * Assesses an inventory row for the status of its tag. A result is `stale` if another digest was scanned or DescribeImage has no
 * digest for the tag, and `unknown` if the digest of the tag is unknown.
 *
 * @example
 * ```ts
 * import { assessRiskOfStatus, digestStatus, type ObservedImage } from '@describe-image/core/images';
 *
 * export function isClean(observed: ObservedImage): boolean {
 *   const { image } = observed;
 *   return image !== undefined && assessRiskOfStatus(image, digestStatus(observed)).state === 'clean';
 * }
 * ```
 *
 * @public
 */
export function assessRiskOfStatus(
  image: Image,
  status: Pick<DigestStatus, 'digest' | 'liveCheck'>,
): RiskAssessment {
  const { digest, liveCheck } = status;
  const assessment = assessRisk(image);
  if (!isVerdict(assessment)) return assessment;
  if (liveCheck === 'no-digest')
    return { ...assessment, state: 'stale', reason: LIVE_CHECK_REASONS[liveCheck] };
  if (digest !== undefined && liveCheck !== 'failed') return assessRiskOfDigest(image, digest);
  const reason = `the digest of the tag is unknown: ${LIVE_CHECK_REASONS[liveCheck]}`;
  return { ...assessment, state: 'unknown', reason };
}
