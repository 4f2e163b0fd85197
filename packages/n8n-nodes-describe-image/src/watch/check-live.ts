import {
  describableIds,
  type ObservedDigests,
  observeLive,
  planLiveChecks,
  type WatchState,
} from '@describe-image/core/images';
import type { Call } from '@describe-image/core/protocol';
import { runInBatches } from '../batching.ts';
import { WATCH_BATCHING } from './read-watch.ts';

/** The watched images with the answers of DescribeImage for some of them. */
interface LiveImages {
  readonly images: readonly ObservedDigests[];
  readonly nextLive: string | undefined;
}

/** Asks DescribeImage about as many images as the budget of a poll allows. The next poll continues with the others. */
export async function checkLive(
  call: Call,
  before: WatchState | undefined,
  images: readonly ObservedDigests[],
  budget: number,
): Promise<LiveImages> {
  const { images: planned, nextLive } = planLiveChecks(before, images, budget);
  const answers = await runInBatches(planned.length, WATCH_BATCHING, async (index) => {
    const { image } = planned[index] ?? {};
    const ids = image && describableIds(image);
    return ids && (await observeLive(call, ids)).live;
  });
  const live = new Map(planned.map((observed, index) => [observed, answers[index]]));
  return {
    images: images.map((observed) => ({ ...observed, live: live.get(observed) ?? observed.live })),
    nextLive,
  };
}
