import type { Image } from '../../operations/image.ts';
import type { ImageDigest } from '../../operations/image-digest.ts';
import { lastChange } from './newest-rows.ts';

/**
 * The risk of an image by its inventory row. Unknown is not clean.
 *
 * - `unknown`: the row does not contain enough, or the image was never scanned
 * - `scanning`: a scan is in progress
 * - `failed`: the last scan failed or timed out
 * - `stale`: scanned before the image last changed, or another digest was scanned
 * - `risky`: scanned, with findings
 * - `clean`: scanned since the last change, with all counts known and 0
 *
 * @public
 */
export type RiskState = 'unknown' | 'scanning' | 'failed' | 'stale' | 'risky' | 'clean';

/** A risk state with its reason and the counts of the scan. @public */
export interface RiskAssessment {
  readonly state: RiskState;
  /** The reason for the state, as a clause. */
  readonly reason: string;
  /** The service's count of vulnerabilities. `listVulnerabilities` lists them. */
  readonly vulnerabilities: number | undefined;
  /** The service's count of alerts: malicious files. */
  readonly alerts: number | undefined;
  readonly baselineRisks: number | undefined;
  readonly lastScanTime: Date | undefined;
}

// TIMOUT is the service's own spelling in one list.
const FAILED: ReadonlySet<string> = /* @__PURE__ */ new Set(['FAIL', 'TIMEOUT', 'TIMOUT']);
// PRE_ANALYZER_SUCCESS is in progress too: other analyzers follow.
const IN_PROGRESS = /^(INIT|START|START_RUN|MESSAGE_SEND|PROCESSING|DOWNLOAD|\w+_ANALYZER(_SUCCESS)?)$/;

/**
 * Assesses an inventory row by its scan state and counts. The scan is of the row's digest, which need not be the digest that the
 * tag has now: see `checkRisk` and {@link assessRiskOfDigest}.
 *
 * @example
 * ```ts
 * import { assessRisk } from '@describe-image/core/images';
 * import type { Image } from '@describe-image/core/protocol';
 *
 * export const isClean = (image: Image): boolean => assessRisk(image).state === 'clean';
 * ```
 *
 * @see {@link https://www.alibabacloud.com/help/en/security-center/developer-reference/api-sas-2018-12-03-describeimageinstances | DescribeImageInstances, ScaStatus}
 * @public
 */
export function assessRisk(image: Image): RiskAssessment {
  const { vulCount, alarmCount, hcCount, lastScanTime } = image;
  const [state, reason] = stateOf(image);
  return {
    state,
    reason,
    vulnerabilities: vulCount,
    alerts: alarmCount,
    baselineRisks: hcCount,
    lastScanTime,
  };
}

/**
 * Assesses an inventory row for the digest that the tag has now: a result for another digest is `stale`.
 *
 * @param digest - Absent if the digest of the tag is unknown; then the row is assessed as by {@link assessRisk}.
 *
 * @example
 * ```ts
 * import { assessRiskOfDigest, type DescribedImage } from '@describe-image/core/images';
 * import type { Image } from '@describe-image/core/protocol';
 *
 * export const isClean = (image: Image, { digest }: DescribedImage): boolean =>
 *   assessRiskOfDigest(image, digest).state === 'clean';
 * ```
 *
 * @public
 */
export function assessRiskOfDigest(image: Image, digest: ImageDigest | undefined): RiskAssessment {
  const assessment = assessRisk(image);
  if (!isVerdict(assessment) || digest === undefined || digest === image.digest) return assessment;
  const reason =
    image.digest === undefined
      ? 'the inventory does not contain the digest that was scanned'
      : 'another digest was scanned than the one that the tag has now';
  return { ...assessment, state: 'stale', reason };
}

/** Whether the assessment is the result of a scan: `clean` or `risky`. */
export function isVerdict({ state }: Pick<RiskAssessment, 'state'>): boolean {
  return state === 'clean' || state === 'risky';
}

/** Whether a scan of the row's digest has finished since the image last changed. */
export function hasCurrentScan(image: Image): boolean {
  const { scaStatus, lastScanTime } = image;
  return scaStatus === 'SUCCESS' && lastScanTime !== undefined && !isOlderThanChange(lastScanTime, image);
}

function isOlderThanChange(lastScanTime: Date, image: Image): boolean {
  const changed = lastChange(image);
  return changed !== undefined && lastScanTime < changed;
}

function stateOf(image: Image): [RiskState, string] {
  const { scaStatus, scaProgress, scaResult, lastScanTime } = image;
  if (scaStatus !== undefined && FAILED.has(scaStatus))
    return ['failed', `the last scan ended with ${scaStatus}${scaResult ? ` (${scaResult})` : ''}`];
  const isFinished = scaStatus === 'SUCCESS';
  // A row can keep INIT without a scan.
  const isNeverScanned = scaStatus === 'INIT' && lastScanTime === undefined && !scaProgress;
  if (scaStatus !== undefined && IN_PROGRESS.test(scaStatus) && !isNeverScanned) {
    const progress = scaProgress === undefined ? '' : `, ${scaProgress} %`;
    return ['scanning', `the scan is at ${scaStatus}${progress}`];
  }
  if (lastScanTime === undefined)
    return ['unknown', isFinished ? 'the time of the scan is missing' : 'the image was never scanned'];
  if (isOlderThanChange(lastScanTime, image)) return ['stale', 'scanned before the image last changed'];
  if (hasFindings(image)) return ['risky', 'the scan found risks'];
  const counts = [image.vulCount, image.alarmCount, image.hcCount];
  if (!isFinished)
    return [
      'unknown',
      scaStatus ? `the scan state is not documented: ${scaStatus}` : 'the scan state is missing',
    ];
  if (counts.includes(undefined)) return ['unknown', 'a count is missing'];
  return ['clean', 'the scan found no risks'];
}

function hasFindings(image: Image): boolean {
  const counts = [image.vulCount, image.alarmCount, image.hcCount];
  const statuses = [image.riskStatus, image.vulStatus, image.alarmStatus, image.hcStatus];
  return counts.some((count) => (count ?? 0) > 0) || statuses.includes('YES');
}
