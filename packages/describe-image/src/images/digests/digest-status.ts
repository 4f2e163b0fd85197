import { UnverifiedError } from '../../errors/errors.ts';
import type { Image } from '../../operations/image.ts';
import type { ImageDigest } from '../../operations/image-digest.ts';
import { hasCurrentScan } from '../inventory/assess-risk.ts';

/** One source's digest of a tag at a time. @public */
export interface Observation {
  readonly source: 'DescribeImage' | 'DescribeImageInstances';
  /** Absent if the source answered that it has no digest. */
  readonly digest: ImageDigest | undefined;
  /** When the answer arrived, by the local clock. */
  readonly observedAt: Date;
  readonly requestId?: string | undefined;
}

/**
 * Why there is no observation of DescribeImage.
 *
 * - `no-digest`: it answered that it has no digest for the tag
 * - `ids-not-of-container-registry`: it accepts only ids of Container Registry
 * - `reference-names-no-tag`: the reference has a digest and no tag
 * - `not-asked`: another reason, for example that only the inventory was listed
 * - `failed`: it was asked and did not answer
 *
 * @public
 */
export type LiveGap =
  | 'no-digest'
  | 'ids-not-of-container-registry'
  | 'reference-names-no-tag'
  | 'not-asked'
  | 'failed';

/** The result of asking DescribeImage: `answered` with a digest, or why there is none. @public */
export type LiveCheck = 'answered' | LiveGap;

/** What both sources answered about a tag. The answers may be from different times, as in a cache. @public */
export interface ObservedDigests {
  /** DescribeImage's observation, or why there is none. */
  readonly live: Observation | LiveGap;
  /** The inventory's observation; absent if the inventory has no row. */
  readonly inventory?: Observation | undefined;
  /** The row of the inventory, for its scan. */
  readonly image?: Image | undefined;
}

/**
 * How reliable a digest is.
 *
 * - `live`: DescribeImage returned it
 * - `last-known`: DescribeImage cannot be asked, or `allowLastKnown` is set; this is the digest in the inventory
 * - `missing`: DescribeImage has no digest for the tag, so the tag is not live
 * - `unknown`: DescribeImage did not answer, or no source has a digest
 *
 * @public
 */
export type DigestState = 'live' | 'last-known' | 'missing' | 'unknown';

/** What the observations of a tag mean. @public */
export interface DigestStatus {
  readonly state: DigestState;
  readonly liveCheck: LiveCheck;
  /** The digest to use. Absent in the states `missing` and `unknown`. */
  readonly digest: ImageDigest | undefined;
  /** The observation that the digest is from. */
  readonly observation: Observation | undefined;
  /** The digest that was scanned, if the inventory has one. */
  readonly scannedDigest: ImageDigest | undefined;
  /** The observation of the inventory, if it has a digest and DescribeImage did not return one. */
  readonly lastKnown: (Observation & { readonly digest: ImageDigest }) | undefined;
  /** Whether a scan of exactly this digest has finished since the image last changed. */
  readonly scanned: boolean;
}

/** Which digests may be returned. @public */
export interface StatusOptions {
  /** Returns the inventory's digest also if DescribeImage has none for the tag, or did not answer. @defaultValue false */
  readonly allowLastKnown?: boolean | undefined;
}

/** What the caller requires of a digest. @public */
export interface DigestDemands {
  /** The digest must be from DescribeImage. @defaultValue false */
  readonly requireLive?: boolean | undefined;
  /** A scan of exactly this digest must have finished since the image last changed. @defaultValue false */
  readonly requireScanned?: boolean | undefined;
}

/**
 * Decides which digest a tag has. DescribeImage is the authority on the tag. The inventory has the digest that was scanned, and can
 * be late. A pure function: it also works on observations from a cache.
 *
 * @example
 * ```ts
 * import { digestStatus } from '@describe-image/core/images';
 *
 * const { state, digest, lastKnown } = digestStatus({
 *   live: 'no-digest',
 *   inventory: { source: 'DescribeImageInstances', digest: `sha256:${'0'.repeat(64)}`, observedAt: new Date() },
 * });
 * console.log(state, digest, lastKnown?.digest); // missing, undefined, sha256:0000…
 * ```
 *
 * @public
 */
export function digestStatus(observed: ObservedDigests, options: StatusOptions = {}): DigestStatus {
  const { live, inventory, image } = observed;
  const { allowLastKnown = false } = options;
  const liveCheck = typeof live === 'string' ? live : live.digest === undefined ? 'no-digest' : 'answered';
  const lastKnown = inventory !== undefined && hasDigest(inventory) ? inventory : undefined;
  const status = (state: DigestState, observation?: Observation): DigestStatus => ({
    state,
    liveCheck,
    digest: observation?.digest,
    observation,
    scannedDigest: inventory?.digest,
    lastKnown: state === 'live' ? undefined : lastKnown,
    scanned: isScanned(image, observation?.digest),
  });
  if (typeof live !== 'string' && liveCheck === 'answered') return status('live', live);
  const canBeAsked = liveCheck === 'no-digest' || liveCheck === 'failed';
  if (lastKnown !== undefined && (!canBeAsked || allowLastKnown)) return status('last-known', lastKnown);
  return status(liveCheck === 'no-digest' ? 'missing' : 'unknown');
}

/** The demand that a status does not meet, and why. @public */
export interface UnmetDemand {
  readonly demand: keyof DigestDemands;
  /** A clause such as "the digest is not live: DescribeImage has no digest for this tag". */
  readonly reason: string;
}

/**
 * Compares a digest with the demands of the caller. Returns the first that it does not meet, or `undefined` if it meets all.
 *
 * @example
 * ```ts
 * import { type DigestStatus, unmetDemand } from '@describe-image/core/images';
 *
 * export const mayDeploy = (status: DigestStatus): boolean =>
 *   unmetDemand(status, { requireLive: true, requireScanned: true }) === undefined;
 * ```
 *
 * @public
 */
export function unmetDemand(
  status: Pick<DigestStatus, 'state' | 'liveCheck' | 'scanned'>,
  demands: DigestDemands,
): UnmetDemand | undefined {
  const { state, liveCheck, scanned } = status;
  const { requireLive = false, requireScanned = false } = demands;
  if (requireLive && state !== 'live')
    return { demand: 'requireLive', reason: `the digest is not live: ${LIVE_CHECK_REASONS[liveCheck]}` };
  if (requireScanned && !scanned)
    return {
      demand: 'requireScanned',
      reason: 'no scan of exactly this digest has finished since the image last changed',
    };
  return undefined;
}

/** @throws {@link UnverifiedError} for a status that does not meet the demands. */
export function requireDemands(
  subject: string,
  status: DigestStatus,
  demands: DigestDemands,
  { endpoint, attempts }: { readonly endpoint: string | undefined; readonly attempts: number },
): void {
  const unmet = unmetDemand(status, demands);
  if (unmet === undefined) return;
  const { demand, reason } = unmet;
  const { requestId } = status.observation ?? status.lastKnown ?? {};
  throw Object.assign(new UnverifiedError(`${subject}: ${reason}`, { demand, requestId }), {
    endpoint,
    attempts,
  });
}

/**
 * Explains each live check, as a clause for messages.
 *
 * @example
 * ```ts
 * import { LIVE_CHECK_REASONS, type ResolvedImage } from '@describe-image/core/images';
 *
 * export const note = ({ liveCheck }: ResolvedImage): string => `live check: ${LIVE_CHECK_REASONS[liveCheck]}`;
 * ```
 *
 * @public
 */
export const LIVE_CHECK_REASONS: Readonly<Record<LiveCheck, string>> = {
  answered: 'DescribeImage returned it',
  'no-digest': 'DescribeImage has no digest for this tag',
  'ids-not-of-container-registry': 'DescribeImage accepts only ids of Container Registry',
  'reference-names-no-tag': 'the reference has no tag to pass to DescribeImage',
  'not-asked': 'DescribeImage was not called',
  failed: 'DescribeImage did not answer',
};

function hasDigest(observation: Observation): observation is Observation & { readonly digest: ImageDigest } {
  return observation.digest !== undefined;
}

function isScanned(image: Image | undefined, digest: ImageDigest | undefined): boolean {
  return image !== undefined && digest !== undefined && image.digest === digest && hasCurrentScan(image);
}
