import type { Image } from '../operations/image.ts';
import type { ImageDigest } from '../operations/image-digest.ts';
import { assessRisk, type RiskAssessment } from './assess-risk.ts';
import type { WatchedRisk, WatchedTag } from './watch-state.ts';

/** A tag as it was found. */
export interface Observation {
  readonly image: Image;
  readonly digest: ImageDigest | undefined;
  readonly source: 'DescribeImage' | 'DescribeImageInstances';
  readonly observedAt: Date;
}

/** Something that happened to a tag between two looks. @public */
export type ImageEvent = {
  /** The same for the same event, so that one seen twice can be told. */
  readonly id: string;
  readonly image: Image;
  /** When it was noticed, by the local clock. */
  readonly observedAt: Date;
} & (
  | {
      readonly kind: 'digestChanged';
      readonly from: ImageDigest | undefined;
      readonly to: ImageDigest;
      /** Since when the old digest had been seen. */
      readonly fromSince: Date | undefined;
      /** The tag pointed to the new digest before. */
      readonly movedBack: boolean;
      /** When the new digest had been left, if it was. */
      readonly leftAt: Date | undefined;
    }
  | { readonly kind: 'newTag'; readonly digest: ImageDigest | undefined }
  | { readonly kind: 'scanFinished'; readonly risk: RiskAssessment }
  | {
      readonly kind: 'riskIncreased';
      readonly risk: RiskAssessment;
      /** The verdict before; absent when there was none. */
      readonly before: WatchedRisk | undefined;
    }
);

/** Digests remembered of a tag besides its own. */
export const MAX_EARLIER = 8;
const COUNTS = ['vulnerabilities', 'alerts', 'baselineRisks'] as const;

/** What is new about one tag, and what to remember of it. */
export function compareObservation(
  key: string,
  known: WatchedTag | undefined,
  observation: Observation,
): { readonly events: readonly ImageEvent[]; readonly tag: WatchedTag } {
  const { image, observedAt } = observation;
  const seenAt = observedAt.toISOString();
  const events: ImageEvent[] = [];
  if (known === undefined)
    events.push({ id: `newTag ${key}`, kind: 'newTag', image, observedAt, digest: observation.digest });

  const digest = compareDigest(key, known, observation, events);
  const risk = assessRisk(image);
  const scan = scanName(risk, image) ?? known?.scan;
  if (scan !== undefined && scan !== known?.scan)
    events.push({ id: `scanFinished ${key} ${scan}`, kind: 'scanFinished', image, observedAt, risk });
  const verdict = verdictOf(risk);
  if (verdict !== undefined && increased(known?.risk, verdict))
    events.push({
      id: `riskIncreased ${key} ${scan ?? ''} ${COUNTS.map((name) => verdict[name] ?? '?').join(' ')}`,
      kind: 'riskIncreased',
      image,
      observedAt,
      risk,
      before: known?.risk,
    });
  return { events, tag: { ...digest, scan, risk: remember(known?.risk, verdict), seenAt } };
}

function compareDigest(
  key: string,
  known: WatchedTag | undefined,
  { image, digest, source, observedAt }: Observation,
  events: ImageEvent[],
): Pick<WatchedTag, 'digest' | 'digestSource' | 'digestSince' | 'earlier'> {
  const now = observedAt.toISOString();
  const kept = {
    digest: known?.digest,
    digestSource: known?.digestSource,
    digestSince: known?.digestSince,
    earlier: known?.earlier ?? [],
  };
  if (digest === undefined) return kept;
  if (digest === kept.digest) return { ...kept, digestSource: source };
  // The inventory lags behind DescribeImage: where it stands in for once, its older digest is no news.
  if (kept.digestSource === 'DescribeImage' && source === 'DescribeImageInstances') return kept;
  const before = kept.earlier.findLast((earlier) => earlier.digest === digest);
  if (kept.digest !== undefined)
    events.push({
      id: `digestChanged ${key} ${kept.digest} ${digest} ${kept.digestSince ?? ''}`,
      kind: 'digestChanged',
      image,
      observedAt,
      from: kept.digest,
      to: digest,
      fromSince: instant(kept.digestSince),
      movedBack: before !== undefined,
      leftAt: instant(before?.leftAt),
    });
  const earlier =
    kept.digest === undefined ? kept.earlier : [...kept.earlier, { digest: kept.digest, leftAt: now }];
  return { digest, digestSource: source, digestSince: now, earlier: earlier.slice(-MAX_EARLIER) };
}

/** Names a finished scan by its outcome and time; `undefined` while there is none. */
function scanName({ state, lastScanTime }: RiskAssessment, { scaStatus }: Image): string | undefined {
  const finished = state === 'failed' || scaStatus === 'SUCCESS';
  return finished ? `${scaStatus} ${lastScanTime?.toISOString() ?? ''}` : undefined;
}

function verdictOf({ state, ...counts }: RiskAssessment): WatchedRisk | undefined {
  if (state !== 'clean' && state !== 'risky') return undefined;
  const { vulnerabilities, alerts, baselineRisks } = counts;
  return { state, vulnerabilities, alerts, baselineRisks };
}

/** Unknown is not clean: a first verdict of risky is an increase, and a count that was never known is none. */
function increased(before: WatchedRisk | undefined, now: WatchedRisk): boolean {
  if (now.state === 'clean') return false;
  if (before === undefined || before.state === 'clean') return true;
  return COUNTS.some((name) => {
    const [earlier, later] = [before[name], now[name]];
    return earlier !== undefined && later !== undefined && later > earlier;
  });
}

/** A count that this answer leaves out is remembered as it was. */
function remember(before: WatchedRisk | undefined, now: WatchedRisk | undefined): WatchedRisk | undefined {
  if (now === undefined) return before;
  return {
    state: now.state,
    vulnerabilities: now.vulnerabilities ?? before?.vulnerabilities,
    alerts: now.alerts ?? before?.alerts,
    baselineRisks: now.baselineRisks ?? before?.baselineRisks,
  };
}

function instant(iso: string | undefined): Date | undefined {
  const date = new Date(iso ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
