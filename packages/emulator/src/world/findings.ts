import { type ImagePush, type ImageRecord, inventoryPush, livePush } from './image-record.ts';
import { type Scan, scanPosition } from './scan.ts';
import {
  completeVulnerability,
  type FoundVulnerability,
  generateVulnerabilities,
} from './vulnerability-catalog.ts';

/** A digest of a tag that was scanned. */
export interface ScannedImage {
  readonly record: ImageRecord;
  /** The push whose digest was scanned. */
  readonly push: ImagePush;
  /** Whether the inventory still lists this digest for the tag. */
  readonly isCurrent: boolean;
}

/** A vulnerability of a scanned image. Times are in milliseconds since the epoch. */
export interface Finding {
  readonly vulnerability: FoundVulnerability;
  /** When the first scan that found it ended. */
  readonly firstFoundAt: number;
  /** When the last scan that found it ended. */
  readonly lastFoundAt: number;
  /** When the last scan of the digest ended. */
  readonly scannedAt: number;
  /** The last scan of the digest did not find it any more. */
  readonly isFixed: boolean;
}

/** Every digest of every tag that a scan has succeeded for. */
export function* scannedImages(records: Iterable<ImageRecord>, now: number): Generator<ScannedImage> {
  for (const record of records) {
    const current = inventoryPush(record, now)?.digest;
    const digests = new Map<string, ScannedImage>();
    for (const { push } of finishedScans(record, now)) {
      const { digest } = push;
      digests.set(digest, { record, push, isCurrent: digest === current });
    }
    yield* digests.values();
  }
}

/** The vulnerabilities of a scanned image, in the order in which they were found. */
export function findingsOf({ record, push }: ScannedImage, now: number): readonly Finding[] {
  const { location } = record;
  const place = `${location.instanceId}\n${location.repoId}`;
  const scans = finishedScans(record, now).filter((scan) => scan.push.digest === push.digest);
  const scannedAt = scans.at(-1)?.finishedAt ?? 0;
  const findings = new Map<string, Finding>();
  for (const { scan, finishedAt } of scans)
    for (const vulnerability of vulnerabilitiesOf(scan, place))
      findings.set(vulnerability.name, {
        vulnerability,
        firstFoundAt: findings.get(vulnerability.name)?.firstFoundAt ?? finishedAt,
        lastFoundAt: finishedAt,
        scannedAt,
        isFixed: finishedAt < scannedAt,
      });
  return [...findings.values()];
}

interface FinishedScan {
  readonly scan: Scan;
  readonly finishedAt: number;
  readonly push: ImagePush;
}

function finishedScans(record: ImageRecord, now: number): readonly FinishedScan[] {
  return record.scans.flatMap((scan) => {
    if (scan.startedAt > now || scan.result !== 'SUCCESS') return [];
    const { finishedAt } = scanPosition(scan, now);
    const push = livePush(record, scan.startedAt);
    return finishedAt === undefined || push === undefined ? [] : [{ scan, finishedAt, push }];
  });
}

const complete = new WeakMap<Scan, readonly FoundVulnerability[]>();

function vulnerabilitiesOf(scan: Scan, place: string): readonly FoundVulnerability[] {
  let found = complete.get(scan);
  if (found === undefined) {
    const { vulnerabilities: given } = scan;
    found =
      typeof given === 'number' ? generateVulnerabilities(given, place) : given.map(completeVulnerability);
    complete.set(scan, found);
  }
  return found;
}
