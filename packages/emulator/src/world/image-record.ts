import { createHash } from 'node:crypto';
import { nextScanChange, type Scan } from './scan-walk.ts';

/** Where an image lives. */
export interface ImageHome {
  readonly registryType: string;
  readonly regionId: string;
  readonly instanceId: string;
  /** JSON text, as the service sends it. */
  readonly endpoints: string;
  readonly repoId: string;
  readonly namespace: string;
  readonly repoName: string;
  readonly repoType: string;
}

/** A tag that was pointed at a digest (or, with `null`, deleted). */
export interface Push {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** 64 hex digits without `sha256:`. */
  readonly digest: string | null;
  readonly imageId: string;
  readonly sizeBytes: number;
}

/** One tag of one repository, through time. */
export interface ImageRecord {
  readonly home: ImageHome;
  readonly tag: string;
  /** Oldest first. */
  readonly pushes: Push[];
  /** Oldest first. */
  readonly scans: Scan[];
  /** Whether the inventory knows it. */
  inInventory: boolean;
  /** How far the inventory lags, in milliseconds. */
  readonly lagMs: number;
  /** Until it is synchronised, the inventory stays as it was then; milliseconds since the epoch. */
  readonly asOf?: number | undefined;
  /** The last time the inventory was brought up to date at once. */
  syncedAt?: number | undefined;
  readonly deployed: boolean;
  readonly sourceBizTag?: string | undefined;
}

/** What the registry itself says of a tag at a moment. */
export function livePush(record: ImageRecord, now: number): Push | undefined {
  const push = record.pushes.findLast(({ at }) => at <= now);
  return push?.digest === null ? undefined : push;
}

/** What the inventory says of a tag at a moment: the truth of some time ago. */
export function inventoryPush(record: ImageRecord, now: number): Push | undefined {
  return record.inInventory ? livePush(record, inventoryTime(record, now)) : undefined;
}

function inventoryTime(record: ImageRecord, now: number): number {
  const followed = record.asOf ?? now - record.lagMs;
  return Math.max(followed, record.syncedAt ?? followed);
}

/** The next moment at which the inventory may say something else of a tag, in milliseconds since the epoch. */
export function nextInventoryChange(record: ImageRecord, now: number): number {
  const pushes =
    record.asOf === undefined
      ? record.pushes.map(({ at }) => at + record.lagMs).filter((at) => at > now)
      : [];
  return Math.min(
    Number.POSITIVE_INFINITY,
    ...pushes,
    ...record.scans.map((scan) => nextScanChange(scan, now)),
  );
}

/** A push with what a seed may leave out. */
export function makePush(
  at: number,
  digest: string | null,
  details: { readonly imageId?: string | undefined; readonly sizeBytes?: number | undefined } = {},
): Push {
  const bare = digest === null ? null : digest.replace(/^sha256:/, '');
  const hash = createHash('sha256').update(`image\n${bare}`).digest('hex');
  return {
    at,
    digest: bare,
    imageId: details.imageId?.replace(/^sha256:/, '') ?? hash,
    // Something between 20 and 220 MB, the same for the same digest.
    sizeBytes: details.sizeBytes ?? 20_000_000 + (Number.parseInt(hash.slice(0, 8), 16) % 200_000_000),
  };
}

/** The four ids that name an image to DescribeImage, as one key. */
export function imageKey(ids: {
  readonly regionId: string;
  readonly instanceId: string;
  readonly repoId: string;
  readonly tag: string;
}): string {
  return [ids.regionId, ids.instanceId, ids.repoId, ids.tag].join('\n');
}
