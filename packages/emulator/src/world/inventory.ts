import type { Assumptions } from '../assumptions.ts';
import { uuidFrom } from '../gateway/request-ids.ts';
import { type ImageRecord, inventoryPush, nextInventoryChange, type Push } from './image-record.ts';
import { type ScanPosition, scanPosition, vulnerabilityCount } from './scan.ts';

/** The rows of the inventory. They are computed again only when the time or a change makes them different. */
export class Inventory {
  readonly #assumptions: Assumptions;
  #rows: InventoryRow[] = [];
  #from = Number.NaN;
  #until = Number.NaN;

  constructor(assumptions: Assumptions) {
    this.#assumptions = assumptions;
  }

  rows(records: ReadonlyMap<string, ImageRecord>, now: number): readonly InventoryRow[] {
    if (!(now >= this.#from && now < this.#until)) this.#compute([...records.values()], now);
    return this.#rows;
  }

  /** Must be called after every change of a record. */
  invalidate(): void {
    this.#from = Number.NaN;
  }

  #compute(records: readonly ImageRecord[], now: number): void {
    const listed = records.flatMap((record) => {
      const push = inventoryPush(record, now);
      return push ? [{ updated: push.at, row: inventoryRow(record, push, now, this.#assumptions) }] : [];
    });
    if (this.#assumptions.inventoryOrder === 'newest-first') listed.sort((a, b) => b.updated - a.updated);
    this.#rows = listed.map(({ row }) => row);
    this.#from = now;
    this.#until = records.reduce(
      (next, record) => Math.min(next, nextInventoryChange(record, now)),
      Number.POSITIVE_INFINITY,
    );
  }
}

/** One row of DescribeImageInstances, with the names and types of the service. */
export interface InventoryRow extends InventoryScan {
  readonly RegionId: string;
  readonly InstanceId: string;
  readonly RepoId: string;
  readonly RepoNamespace: string;
  readonly RepoName: string;
  readonly RepoType: string;
  readonly RegistryType: string;
  /** JSON text. */
  readonly Endpoints: string;
  readonly Tag: string;
  readonly Digest?: string;
  readonly ImageId: string;
  readonly Uuid: string;
  readonly Status: string;
  readonly Deployed: 0 | 1;
  /** Milliseconds since the epoch, as text. */
  readonly ImageCreate: string;
  /** Milliseconds since the epoch, as text. */
  readonly ImageUpdate: string;
  /** Bytes, as text. */
  readonly ImageSize: string;
  readonly SourceBizTag?: string;
}

/** The fields of a row that scans set. */
interface InventoryScan {
  readonly ScaStatus?: string;
  /** 0 to 100. */
  readonly ScaProgress?: number;
  readonly ScaResult?: string;
  /** Milliseconds since the epoch. */
  readonly LastScanTime?: number;
  readonly VulCount?: number;
  readonly VulStatus?: YesNo;
  readonly AlarmCount?: number;
  readonly AlarmStatus?: YesNo;
  readonly HcCount?: number;
  readonly HcStatus?: YesNo;
  readonly RiskStatus?: YesNo;
}

type YesNo = 'YES' | 'NO';

/** The scans of a record at a time. */
export interface ScanSummary {
  readonly current: ScanPosition | undefined;
  /** When the last scan ended, with any result. */
  readonly lastFinishedAt: number | undefined;
  readonly everSucceeded: boolean;
}

/** Creates a row as the service does: times of the image as text, the time of the scan as a number, counts only when known. */
function inventoryRow(record: ImageRecord, push: Push, now: number, assumptions: Assumptions): InventoryRow {
  const { location } = record;
  return {
    RegionId: location.regionId,
    InstanceId: location.instanceId,
    RepoId: location.repoId,
    RepoNamespace: location.namespace,
    RepoName: location.repoName,
    RepoType: location.repoType,
    RegistryType: location.registryType,
    Endpoints: location.endpoints,
    Tag: record.tag,
    ...(push.digest !== null && { Digest: push.digest }),
    ImageId: push.imageId,
    Uuid: uuidFrom(`${location.instanceId}\n${location.repoId}\n${record.tag}`),
    Status: 'NORMAL',
    Deployed: record.deployed ? 1 : 0,
    ImageCreate: String(record.pushes[0]?.at ?? push.at),
    ImageUpdate: String(push.at),
    ImageSize: String(push.sizeBytes),
    ...scanFields(record, now, assumptions),
    ...(record.sourceBizTag !== undefined && { SourceBizTag: record.sourceBizTag }),
  };
}

/** Summarises the scans of a record at a time. */
export function scanSummary(record: ImageRecord, now: number): ScanSummary {
  const started = record.scans.filter(({ startedAt }) => startedAt <= now);
  const positions = started.map((scan) => scanPosition(scan, now));
  const finished = positions.filter(({ finishedAt }) => finishedAt !== undefined);
  return {
    current: positions.at(-1),
    lastFinishedAt: finished.at(-1)?.finishedAt,
    everSucceeded: finished.some(({ status }) => status === 'SUCCESS'),
  };
}

function scanFields(record: ImageRecord, now: number, assumptions: Assumptions): InventoryScan {
  const { current, lastFinishedAt } = scanSummary(record, now);
  if (current === undefined) return assumptions.neverScannedStatus === 'INIT' ? { ScaStatus: 'INIT' } : {};
  const error = record.scans.findLast(({ startedAt }) => startedAt <= now)?.error;
  const findings = record.scans.findLast(
    (scan) => scan.startedAt <= now && scanPosition(scan, now).status === 'SUCCESS',
  );
  return {
    ScaStatus: current.status,
    ScaProgress: current.progress,
    ...(error !== undefined && current.status !== 'SUCCESS' && { ScaResult: error }),
    ...(lastFinishedAt !== undefined && { LastScanTime: lastFinishedAt }),
    // Counts are those of the last scan that succeeded.
    ...(findings !== undefined && {
      VulCount: vulnerabilityCount(findings),
      VulStatus: yesNo(vulnerabilityCount(findings)),
      AlarmCount: findings.alerts,
      AlarmStatus: yesNo(findings.alerts),
      HcCount: findings.baselineRisks,
      HcStatus: yesNo(findings.baselineRisks),
      RiskStatus: yesNo(vulnerabilityCount(findings) + findings.alerts + findings.baselineRisks),
    }),
  };
}

function yesNo(found: number): YesNo {
  return found > 0 ? 'YES' : 'NO';
}
