import { NotFoundError } from '../../errors/errors.ts';
import type { DescribeImageInput } from '../../operations/describe-image.ts';
import type { Call, CallOptions } from '../../protocol/operation.ts';
import { withSharedTotal } from '../../protocol/retrying/call-limits.ts';
import { type FoundImage, findImage, locateImage } from '../inventory/find-image.ts';
import type { CandidateHints } from '../inventory/select-candidates.ts';
import type { ImageReference } from '../references/image-reference.ts';
import { describableIds, describeImage } from './describe-image.ts';
import type { Observation, ObservedDigests } from './digest-status.ts';

/** What both sources answered about one image. @public */
export interface ObservedImage extends ObservedDigests {
  /** The parsed reference; absent for four ids. */
  readonly reference: ImageReference | undefined;
  /** The request id of DescribeImage's answer if it was asked, else of the inventory's. */
  readonly requestId: string | undefined;
  /** Host that answered. */
  readonly endpoint: string;
  /** Requests sent to both sources. */
  readonly attempts: number;
}

type NotAsked = 'reference-names-no-tag' | 'ids-not-of-container-registry';

/** How to ask about an image. @public */
export interface ObserveImageOptions extends CallOptions, CandidateHints {
  /**
   * Whether to ask the inventory about four ids: `required` throws a NotFoundError if it has no row, `optional` does not, and `skip`
   * asks only DescribeImage if it accepts the ids. A reference always needs a row. @defaultValue 'optional'
   */
  readonly inventory?: 'required' | 'optional' | 'skip' | undefined;
}

/**
 * Asks the inventory and DescribeImage about a reference or about four ids. `digestStatus` decides what the answers mean. All
 * requests share one `totalTimeoutMs`.
 *
 * @throws ValidationError for a text that is not a reference.
 * @throws {@link NotFoundError} if the inventory has no row for the reference; not if DescribeImage has no digest.
 * @throws AmbiguousError if rows of several repositories match; and whatever `call` throws.
 *
 * @example
 * ```ts
 * import { createClient } from '@describe-image/core';
 * import { digestStatus, observeImage } from '@describe-image/core/images';
 *
 * const client = createClient({ credentials: { accessKeyId: 'testid', accessKeySecret: 'testsecret' } });
 * const { state, digest } = digestStatus(await observeImage(client.call, 'shop/api:1.8.0'));
 * ```
 *
 * @public
 */
export async function observeImage(
  call: Call,
  target: string | DescribeImageInput,
  options: ObserveImageOptions = {},
): Promise<ObservedImage> {
  const shared = withSharedTotal(options);
  if (typeof target !== 'string') return observeIds(call, { ...target }, shared);
  const found = await locateImage(call, target, shared);
  const { reference, image } = found;
  const ids = describableIds(image);
  const answer =
    reference.tag === undefined
      ? 'reference-names-no-tag'
      : ids === undefined
        ? 'ids-not-of-container-registry'
        : await observeLive(call, ids, shared);
  return observed(reference, found, answer);
}

async function observeIds(
  call: Call,
  ids: DescribeImageInput,
  { inventory = 'optional', ...options }: ObserveImageOptions,
): Promise<ObservedImage> {
  const { imageRegionId: regionId, imageInstanceId: instanceId, imageRepoId: repoId, imageTag: tag } = ids;
  const canBeAsked = describableIds({ regionId, instanceId, repoId, tag }) !== undefined;
  const findRow = async (): Promise<FoundImage | undefined> => {
    try {
      return await findImage(call, ids, options);
    } catch (error) {
      if (inventory !== 'required' && NotFoundError.isInstance(error)) return undefined;
      throw error;
    }
  };
  const [found, answer] = await Promise.all([
    inventory === 'skip' && canBeAsked ? undefined : findRow(),
    canBeAsked ? observeLive(call, ids, options) : ('ids-not-of-container-registry' as const),
  ]);
  return observed(undefined, found, answer);
}

/** DescribeImage's answer about a tag. @public */
export interface LiveAnswer {
  readonly live: Observation | 'no-digest';
  readonly requestId: string | undefined;
  /** Host that answered. */
  readonly endpoint: string | undefined;
  /** Requests sent. */
  readonly attempts: number;
}

/**
 * Asks DescribeImage about a tag. A tag without a digest is a result, not an error.
 *
 * @throws whatever `call` throws, except NotFoundError.
 *
 * @example
 * ```ts
 * import { createClient } from '@describe-image/core';
 * import { observeLive } from '@describe-image/core/images';
 *
 * const client = createClient({ credentials: { accessKeyId: 'testid', accessKeySecret: 'testsecret' } });
 * const ids = { imageRegionId: 'cn-hangzhou', imageInstanceId: 'cri-1', imageRepoId: 'crr-1', imageTag: '1.8.0' };
 * const { live } = await observeLive(client.call, ids);
 * console.log(live === 'no-digest' ? 'deleted' : live.digest);
 * ```
 *
 * @public
 */
export async function observeLive(
  call: Call,
  ids: DescribeImageInput,
  options: CallOptions = {},
): Promise<LiveAnswer> {
  try {
    const answer = await describeImage(call, ids, options);
    const { source, digest, observedAt, requestId, endpoint, attempts } = answer;
    return { live: { source, digest, observedAt, requestId }, requestId, endpoint, attempts };
  } catch (error) {
    if (!NotFoundError.isInstance(error)) throw error;
    const { requestId, endpoint, attempts } = error;
    return { live: 'no-digest', requestId, endpoint, attempts };
  }
}

/** The inventory's observation of a row. */
export function inventoryObservation({
  image,
  listing,
}: {
  readonly image: Pick<FoundImage['image'], 'digest'>;
  readonly listing: Pick<FoundImage['listing'], 'observedAt' | 'requestIds'>;
}): Observation {
  const { observedAt, requestIds } = listing;
  return {
    source: 'DescribeImageInstances',
    digest: image.digest,
    observedAt,
    requestId: requestIds.at(-1),
  };
}

function observed(
  reference: ImageReference | undefined,
  found: FoundImage | undefined,
  answer: LiveAnswer | NotAsked,
): ObservedImage {
  const inventory = found && inventoryObservation(found);
  const { live, requestId, endpoint, attempts } =
    typeof answer === 'string'
      ? { live: answer, requestId: inventory?.requestId, endpoint: undefined, attempts: 0 }
      : answer;
  return {
    reference,
    live,
    inventory,
    image: found?.image,
    requestId,
    endpoint: found?.listing.endpoint ?? endpoint ?? '',
    attempts: (found?.listing.attempts ?? 0) + attempts,
  };
}
