import { createHash } from 'node:crypto';
import { nextScanChange, type Scan } from './scan.ts';

/** The registry and repository of an image. */
export interface ImageLocation {
  readonly registryType: string;
  readonly regionId: string;
  readonly instanceId: string;
  /** JSON text, as in the answer of the service. */
  readonly endpoints: string;
  readonly repoId: string;
  readonly namespace: string;
  readonly repoName: string;
  readonly repoType: string;
}

/** The change of a tag to a digest, or its deletion (`null`). */
export interface Push {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** 64 hex digits without `sha256:`. */
  readonly digest: string | null;
  readonly imageId: string;
  readonly sizeBytes: number;
}

/** A push that is not a deletion. */
export type ImagePush = Push & { readonly digest: string };

/** One tag of one repository, with its history. */
export interface ImageRecord {
  readonly location: ImageLocation;
  readonly tag: string;
  /** Oldest first. */
  readonly pushes: Push[];
  /** Oldest first. */
  readonly scans: Scan[];
  /** Whether the inventory lists it. */
  inInventory: boolean;
  /** How far the inventory lags, in milliseconds. */
  readonly lagMs: number;
  /** The inventory shows this time until it is synchronised; milliseconds since the epoch. */
  readonly asOf?: number | undefined;
  /** When the inventory was last synchronised, in milliseconds since the epoch. */
  syncedAt?: number | undefined;
  readonly deployed: boolean;
  readonly sourceBizTag?: string | undefined;
}

/** The image that a tag refers to in the registry at a time. */
export function livePush(record: ImageRecord, now: number): ImagePush | undefined {
  const push = record.pushes.findLast(({ at }) => at <= now);
  return push !== undefined && isImage(push) ? push : undefined;
}

function isImage(push: Push): push is ImagePush {
  return push.digest !== null;
}

/** The image that a tag refers to in the inventory at a time, which lags behind the registry. */
export function inventoryPush(record: ImageRecord, now: number): ImagePush | undefined {
  return record.inInventory ? livePush(record, inventoryTime(record, now)) : undefined;
}

function inventoryTime(record: ImageRecord, now: number): number {
  const followed = record.asOf ?? now - record.lagMs;
  return Math.max(followed, record.syncedAt ?? followed);
}

/** The next time at which the inventory may change for a tag, in milliseconds since the epoch. */
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

/** Applies the defaults of a push. */
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
    // From 20 to 220 MB, derived from the digest.
    sizeBytes: details.sizeBytes ?? 20_000_000 + (Number.parseInt(hash.slice(0, 8), 16) % 200_000_000),
  };
}

/** The four ids of an image in DescribeImage, as one key. */
export function imageKey(ids: {
  readonly regionId: string;
  readonly instanceId: string;
  readonly repoId: string;
  readonly tag: string;
}): string {
  return [ids.regionId, ids.instanceId, ids.repoId, ids.tag].join('\n');
}
