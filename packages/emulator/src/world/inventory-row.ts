import type { Assumptions } from '../assumptions.ts';
import { uuidFrom } from '../gateway/request-ids.ts';
import type { ImageRecord, Push } from './image-record.ts';
import { type ScanPosition, scanPosition } from './scan-walk.ts';

/** One row of DescribeImageInstances, in the service's own names and types. */
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

/** The part of a row that scans write. */
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

/** The scans of a record at a moment. */
export interface ScanSummary {
  readonly current: ScanPosition | undefined;
  /** The last scan that ended, in whichever way. */
  readonly lastFinishedAt: number | undefined;
  readonly everSucceeded: boolean;
}

/** Writes a row as the service does: times of the image as text, the time of the scan as a number, counts only once known. */
export function inventoryRow(
  record: ImageRecord,
  push: Push,
  now: number,
  assumptions: Assumptions,
): InventoryRow {
  const { home } = record;
  return {
    RegionId: home.regionId,
    InstanceId: home.instanceId,
    RepoId: home.repoId,
    RepoNamespace: home.namespace,
    RepoName: home.repoName,
    RepoType: home.repoType,
    RegistryType: home.registryType,
    Endpoints: home.endpoints,
    Tag: record.tag,
    ...(push.digest !== null && { Digest: push.digest }),
    ImageId: push.imageId,
    Uuid: uuidFrom(`${home.instanceId}\n${home.repoId}\n${record.tag}`),
    Status: 'NORMAL',
    Deployed: record.deployed ? 1 : 0,
    ImageCreate: String(record.pushes[0]?.at ?? push.at),
    ImageUpdate: String(push.at),
    ImageSize: String(push.sizeBytes),
    ...scanFields(record, now, assumptions),
    ...(record.sourceBizTag !== undefined && { SourceBizTag: record.sourceBizTag }),
  };
}

/** Sums up what is known of a record's scans at a moment. */
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
    // Counts come from the last scan that succeeded: without one there is nothing to count.
    ...(findings !== undefined && {
      VulCount: findings.vulnerabilities,
      VulStatus: yesNo(findings.vulnerabilities),
      AlarmCount: findings.alerts,
      AlarmStatus: yesNo(findings.alerts),
      HcCount: findings.baselineRisks,
      HcStatus: yesNo(findings.baselineRisks),
      RiskStatus: yesNo(findings.vulnerabilities + findings.alerts + findings.baselineRisks),
    }),
  };
}

function yesNo(found: number): YesNo {
  return found > 0 ? 'YES' : 'NO';
}
