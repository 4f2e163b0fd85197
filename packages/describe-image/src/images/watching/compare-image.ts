import type { Image } from '../../operations/image.ts';
import type { ImageDigest } from '../../operations/image-digest.ts';
import { assessRiskOfStatus } from '../digests/check-risk.ts';
import type { LiveCheck, Observation } from '../digests/digest-status.ts';
import { assessRiskOfDigest, type RiskAssessment } from '../inventory/assess-risk.ts';
import { trackObserved } from './track-tag.ts';
import type { WatchedRisk, WatchedTag } from './watch-state.ts';

/** A change of an image between two polls. @beta */
export type ImageEvent = {
  /** The same for the same event, so that a repeated event can be recognised. */
  readonly id: string;
  readonly image: Image;
  /** When it was observed, by the local clock. */
  readonly observedAt: Date;
} & (
  | {
      readonly kind: 'digestChanged';
      readonly from: ImageDigest | undefined;
      readonly to: ImageDigest;
      /** Since when the old digest was observed. */
      readonly fromSince: Date | undefined;
      /** Whether the tag had the new digest before. */
      readonly movedBack: boolean;
      /** When the tag last lost the new digest, if it had it before. */
      readonly leftAt: Date | undefined;
    }
  | { readonly kind: 'newTag'; readonly digest: ImageDigest | undefined }
  | { readonly kind: 'scanFinished'; readonly risk: RiskAssessment }
  | {
      readonly kind: 'riskIncreased';
      readonly risk: RiskAssessment;
      /** The result of the previous scan; absent if there was none. */
      readonly before: WatchedRisk | undefined;
    }
);

/** A row, and what both sources answered about its tag. */
export interface ComparedImage {
  readonly image: Image;
  readonly inventory: Observation;
  readonly live: Observation | undefined;
  readonly liveCheck: LiveCheck;
}

const COUNTS = ['vulnerabilities', 'alerts', 'baselineRisks'] as const;

/** The events of one tag since the last poll, and its state for the next. */
export function compareImage(
  key: string,
  known: WatchedTag | undefined,
  { image, inventory, live, liveCheck }: ComparedImage,
): { readonly events: readonly ImageEvent[]; readonly tag: WatchedTag } {
  const { observedAt } = live ?? inventory;
  const common = { image, observedAt };
  const events: ImageEvent[] = [];
  const { tag, move } = trackObserved(known, inventory, live);
  const { digest } = tag;
  if (known === undefined) events.push({ ...common, id: `newTag ${key}`, kind: 'newTag', digest });
  if (move !== undefined)
    events.push({
      ...common,
      id: `digestChanged ${key} ${move.from} ${move.to} ${move.fromSince ?? ''}`,
      kind: 'digestChanged',
      from: move.from,
      to: move.to,
      fromSince: dateOf(move.fromSince),
      movedBack: move.movedBack,
      leftAt: dateOf(move.leftAt),
    });

  const isLost = liveCheck === 'no-digest' || liveCheck === 'failed';
  const risk = isLost ? assessRiskOfStatus(image, { digest, liveCheck }) : assessRiskOfDigest(image, digest);
  const scan = scanId(risk, image, digest) ?? known?.scan;
  if (scan !== undefined && scan !== known?.scan)
    events.push({ ...common, id: `scanFinished ${key} ${scan}`, kind: 'scanFinished', risk });
  const verdict = verdictOf(risk);
  if (verdict !== undefined && hasIncreased(known?.risk, verdict))
    events.push({
      ...common,
      id: `riskIncreased ${key} ${scan ?? ''} ${COUNTS.map((name) => verdict[name] ?? '?').join(' ')}`,
      kind: 'riskIncreased',
      risk,
      before: known?.risk,
    });
  const seenAt = observedAt.toISOString();
  return { events, tag: { ...tag, scan, risk: mergeCounts(known?.risk, verdict), seenAt } };
}

/** Identifies a finished scan of the tag's digest by its result and time. */
function scanId(
  { state, lastScanTime }: RiskAssessment,
  { scaStatus, digest: scanned }: Image,
  digest: ImageDigest | undefined,
): string | undefined {
  if (digest !== undefined && scanned !== digest) return undefined;
  const isFinished = state === 'failed' || scaStatus === 'SUCCESS';
  return isFinished ? `${scaStatus} ${lastScanTime?.toISOString() ?? ''}` : undefined;
}

function verdictOf({ state, ...counts }: RiskAssessment): WatchedRisk | undefined {
  if (state !== 'clean' && state !== 'risky') return undefined;
  const { vulnerabilities, alerts, baselineRisks } = counts;
  return { state, vulnerabilities, alerts, baselineRisks };
}

/** A first result with findings is an increase; a count that was unknown before is not. */
function hasIncreased(before: WatchedRisk | undefined, now: WatchedRisk): boolean {
  if (now.state === 'clean') return false;
  if (before === undefined || before.state === 'clean') return true;
  return COUNTS.some((name) => {
    const [earlier, later] = [before[name], now[name]];
    return earlier !== undefined && later !== undefined && later > earlier;
  });
}

/** Keeps the previous count where the new scan has none. */
function mergeCounts(before: WatchedRisk | undefined, now: WatchedRisk | undefined): WatchedRisk | undefined {
  if (now === undefined) return before;
  return {
    state: now.state,
    vulnerabilities: now.vulnerabilities ?? before?.vulnerabilities,
    alerts: now.alerts ?? before?.alerts,
    baselineRisks: now.baselineRisks ?? before?.baselineRisks,
  };
}

function dateOf(iso: string | undefined): Date | undefined {
  const date = new Date(iso ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
