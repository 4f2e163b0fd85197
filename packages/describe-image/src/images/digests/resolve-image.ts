import { NotFoundError } from '../../errors/errors.ts';
import type { Image } from '../../operations/image.ts';
import type { ImageDigest } from '../../operations/image-digest.ts';
import type { Call, CallOptions } from '../../protocol/operation.ts';
import type { CandidateHints } from '../inventory/select-candidates.ts';
import type { ImageReference } from '../references/image-reference.ts';
import {
  type DigestDemands,
  type DigestStatus,
  digestStatus,
  type LiveCheck,
  requireDemands,
  type StatusOptions,
} from './digest-status.ts';
import { type ObservedImage, observeImage } from './observe-image.ts';

/** The digest that one source has for an image. @public */
export interface DigestSource {
  /** `reference`: the digest after `@` in the reference. */
  readonly source: 'reference' | 'DescribeImageInstances' | 'DescribeImage';
  readonly digest: ImageDigest;
  /** When the answer arrived, by the local clock. Absent for the reference. */
  readonly observedAt?: Date | undefined;
  readonly requestId?: string | undefined;
}

/** The digest of a reference, with its sources. @public */
export interface ResolvedImage {
  readonly reference: ImageReference;
  readonly digest: ImageDigest;
  /** `live` if DescribeImage returned the digest; `last-known` if it is only the inventory's. */
  readonly state: 'live' | 'last-known';
  /** The source of the digest. */
  readonly source: 'DescribeImage' | 'DescribeImageInstances';
  readonly observedAt: Date;
  readonly requestId: string | undefined;
  /** Host that answered. */
  readonly endpoint: string;
  /** Requests sent, including those to the inventory. */
  readonly attempts: number;
  /** All digests: the reference's own, the inventory's and DescribeImage's. */
  readonly sources: readonly DigestSource[];
  /** Whether all sources have the same digest. `undefined` if there is only one. */
  readonly sourcesAgree: boolean | undefined;
  readonly liveCheck: LiveCheck;
  /** The digest that was scanned, if the inventory has one. */
  readonly scannedDigest: ImageDigest | undefined;
  /** Whether a scan of exactly this digest has finished since the image last changed. */
  readonly scanned: boolean;
  /** The inventory row. Its digest and scan can be older than the tag's digest. */
  readonly image: Image;
}

/** Narrows what a reference can match, and what the result must meet. @public */
export interface ResolveImageOptions extends CallOptions, CandidateHints, StatusOptions, DigestDemands {}

/**
 * The digest of a reference: finds its inventory row and asks DescribeImage if the ids allow it. If DescribeImage has no digest for
 * the tag, the inventory's digest is not returned unless `allowLastKnown` is set.
 *
 * @throws ValidationError for a text that is not a reference.
 * @throws {@link NotFoundError} if no inventory row matches, or if the tag has no digest; its `lastKnown` is the inventory's digest.
 * @throws AmbiguousError if rows of several repositories match.
 * @throws UnverifiedError if `requireLive` or `requireScanned` is not met; and whatever `call` throws.
 *
 * @example
 * ```ts
 * import { createClient } from '@describe-image/core';
 * import { resolveImage } from '@describe-image/core/images';
 *
 * const client = createClient({ credentials: { accessKeyId: 'testid', accessKeySecret: 'testsecret' } });
 * const { digest } = await resolveImage(client.call, 'shop/api:1.8.0', { requireLive: true, requireScanned: true });
 * ```
 *
 * @public
 */
export async function resolveImage(
  call: Call,
  text: string,
  resolveOptions: ResolveImageOptions = {},
): Promise<ResolvedImage> {
  const options = { ...resolveOptions };
  return resolveObserved(text, await observeImage(call, text, options), options);
}

/**
 * Like {@link resolveImage}, without requests: the result for observations that were already made, for example from one list for
 * many references.
 *
 * @throws {@link NotFoundError} if the tag has no digest, UnverifiedError if a demand is not met.
 *
 * @example
 * ```ts
 * import { createClient } from '@describe-image/core';
 * import { observeImage, resolveObserved } from '@describe-image/core/images';
 *
 * const client = createClient({ credentials: { accessKeyId: 'testid', accessKeySecret: 'testsecret' } });
 * const { digest } = resolveObserved('shop/api:1.8.0', await observeImage(client.call, 'shop/api:1.8.0'));
 * ```
 *
 * @public
 */
export function resolveObserved(
  text: string,
  observed: ObservedImage,
  options: StatusOptions & DigestDemands = {},
): ResolvedImage {
  const status = digestStatus(observed, options);
  const { reference, image, endpoint, attempts } = observed;
  const { digest, observation, liveCheck, scannedDigest, scanned } = status;
  // `observeImage` returns a row for every reference, and a status with a digest has its observation.
  if (reference === undefined || image === undefined || digest === undefined || observation === undefined)
    throw noDigest(text, status, observed);
  requireDemands(text, status, options, observed);

  const sources = sourcesOf(observed);
  return {
    reference,
    digest,
    state: status.state === 'live' ? 'live' : 'last-known',
    source: observation.source,
    observedAt: observation.observedAt,
    requestId: observation.requestId,
    endpoint,
    attempts,
    sources,
    sourcesAgree: sources.length < 2 ? undefined : sources.every((source) => source.digest === digest),
    liveCheck,
    scannedDigest,
    scanned,
    image,
  };
}

function sourcesOf({ reference, inventory, live }: ObservedImage): readonly DigestSource[] {
  const sources: DigestSource[] = [];
  if (reference?.digest !== undefined) sources.push({ source: 'reference', digest: reference.digest });
  for (const observation of [inventory, live]) {
    if (typeof observation !== 'object' || observation.digest === undefined) continue;
    const { source, digest, observedAt, requestId } = observation;
    sources.push({ source, digest, observedAt, requestId });
  }
  return sources;
}

function noDigest(
  text: string,
  { state, lastKnown }: DigestStatus,
  { requestId, endpoint, attempts }: ObservedImage,
): NotFoundError {
  const last =
    lastKnown && `the inventory last had ${lastKnown.digest}, read at ${lastKnown.observedAt.toISOString()}`;
  const message =
    state === 'missing' && last
      ? `${text}: DescribeImage has no digest for this tag; ${last}`
      : `${text}: the image is in the inventory, but no source has a digest`;
  const error = new NotFoundError(message, {
    requestId,
    lastKnown: lastKnown && { digest: lastKnown.digest, observedAt: lastKnown.observedAt },
  });
  return Object.assign(error, { endpoint, attempts });
}
