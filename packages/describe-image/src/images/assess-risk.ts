import type { Image } from '../operations/image.ts';

/**
 * What the inventory lets one say of an image's safety. Ignorance has states of its own: only `clean` is clean.
 *
 * - `unknown`: the row does not say enough, or the image was never scanned
 * - `scanning`: a scan is under way
 * - `failed`: the last scan failed or timed out
 * - `stale`: scanned before the image last changed
 * - `risky`: scanned, and something was found
 * - `clean`: scanned since the last change, every count known and 0
 *
 * @public
 */
export type RiskState = 'unknown' | 'scanning' | 'failed' | 'stale' | 'risky' | 'clean';

/** @public */
export interface RiskAssessment {
  readonly state: RiskState;
  /** One clause that says why. */
  readonly reason: string;
  /** Counts as the service gives them, per class; it gives no severities. */
  readonly vulnerabilities: number | undefined;
  readonly alerts: number | undefined;
  readonly baselineRisks: number | undefined;
  readonly lastScanTime: Date | undefined;
}

const FAILED: ReadonlySet<string> = /* @__PURE__ */ new Set(['FAIL', 'TIMEOUT', 'TIMOUT']); // the last is the service's own spelling in one list
// PRE_ANALYZER_SUCCESS is a step too: the other analyzers come after it.
const UNDER_WAY = /^(INIT|START|START_RUN|MESSAGE_SEND|PROCESSING|DOWNLOAD|\w+_ANALYZER(_SUCCESS)?)$/;

/**
 * Reads a row's scan state and counts together.
 *
 * @example
 * ```ts
 * import { assessRisk } from '@describe-image/core/images';
 * import type { Image } from '@describe-image/core/protocol';
 *
 * export const mayDeploy = (image: Image): boolean => assessRisk(image).state === 'clean';
 * ```
 *
 * @see {@link https://www.alibabacloud.com/help/en/security-center/developer-reference/api-sas-2018-12-03-describeimageinstances | DescribeImageInstances, ScaStatus}
 * @public
 */
export function assessRisk(image: Image): RiskAssessment {
  const { vulCount, alarmCount, hcCount, lastScanTime } = image;
  const [state, reason] = judge(image);
  return {
    state,
    reason,
    vulnerabilities: vulCount,
    alerts: alarmCount,
    baselineRisks: hcCount,
    lastScanTime,
  };
}

function judge(image: Image): [RiskState, string] {
  const { scaStatus, scaProgress, scaResult, lastScanTime, imageUpdate, imageCreate } = image;
  if (scaStatus !== undefined && FAILED.has(scaStatus))
    return ['failed', `the last scan ended in ${scaStatus}${scaResult ? ` (${scaResult})` : ''}`];
  // A row may keep INIT without ever having been scanned.
  const finished = scaStatus === 'SUCCESS';
  if (
    scaStatus !== undefined &&
    UNDER_WAY.test(scaStatus) &&
    !(scaStatus === 'INIT' && lastScanTime === undefined && !scaProgress)
  )
    return [
      'scanning',
      `the scan is at ${scaStatus}${scaProgress === undefined ? '' : `, ${scaProgress} %`}`,
    ];
  if (lastScanTime === undefined)
    return ['unknown', finished ? 'the time of the scan is not given' : 'never scanned'];
  const changed = imageUpdate ?? imageCreate;
  if (changed !== undefined && lastScanTime < changed)
    return ['stale', 'scanned before the image last changed'];
  if (hasFindings(image)) return ['risky', 'the scan found risks'];
  const counts = [image.vulCount, image.alarmCount, image.hcCount];
  if (!finished)
    return [
      'unknown',
      `the state of the scan is ${scaStatus ? `not documented: ${scaStatus}` : 'not given'}`,
    ];
  if (counts.includes(undefined)) return ['unknown', 'not every count is given'];
  return ['clean', 'the scan found nothing'];
}

function hasFindings(image: Image): boolean {
  const counts = [image.vulCount, image.alarmCount, image.hcCount];
  const statuses = [image.riskStatus, image.vulStatus, image.alarmStatus, image.hcStatus];
  return counts.some((count) => (count ?? 0) > 0) || statuses.includes('YES');
}
