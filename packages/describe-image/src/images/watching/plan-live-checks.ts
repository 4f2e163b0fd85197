import { describableIds } from '../digests/describe-image.ts';
import type { ObservedDigests } from '../digests/digest-status.ts';
import { tagKey } from '../inventory/newest-rows.ts';
import type { WatchState } from './watch-state.ts';

/** The tags for which to ask DescribeImage in one poll. @beta */
export interface LiveCheckPlan {
  readonly images: readonly ObservedDigests[];
  /** Pass it to `watchImages`, so that the next poll continues there. */
  readonly nextLive: string | undefined;
}

/**
 * Selects the tags for which to ask DescribeImage, at most `budget` per poll. The next poll continues with the
 * other tags, in the order of their keys.
 *
 * @param before - The state of the last poll.
 * @param images - Those that DescribeImage was not asked about, from `observeListing`.
 *
 * @example
 * ```ts
 * import { type ObservedDigests, planLiveChecks, type WatchState } from '@describe-image/core/images';
 *
 * export function imagesToAsk(before: WatchState | undefined, images: readonly ObservedDigests[]): number {
 *   return planLiveChecks(before, images, 100).images.length;
 * }
 * ```
 *
 * @beta
 */
export function planLiveChecks(
  before: Pick<WatchState, 'nextLive'> | undefined,
  images: readonly ObservedDigests[],
  budget: number,
): LiveCheckPlan {
  const candidates = images
    .flatMap((observed) => {
      const { image, live } = observed;
      if (image === undefined || live !== 'not-asked' || describableIds(image) === undefined) return [];
      return [{ key: tagKey(image), observed }];
    })
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const start = Math.max(
    candidates.findIndex(({ key }) => key >= (before?.nextLive ?? '')),
    0,
  );
  const rotated = [...candidates.slice(start), ...candidates.slice(0, start)];
  return {
    images: rotated.slice(0, budget).map(({ observed }) => observed),
    nextLive: rotated[budget]?.key,
  };
}
