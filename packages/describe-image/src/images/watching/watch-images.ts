import { ValidationError } from '../../errors/errors.ts';
import { digestStatus, type Observation, type ObservedDigests } from '../digests/digest-status.ts';
import { inventoryObservation } from '../digests/observe-image.ts';
import type { ImageListing } from '../inventory/list-images.ts';
import { newestOfEachTag, tagKey } from '../inventory/newest-rows.ts';
import { type ComparedImage, compareImage, type ImageEvent } from './compare-image.ts';
import type { WatchedTag, WatchState } from './watch-state.ts';

/** The result of one poll. @beta */
export interface WatchResult {
  readonly events: readonly ImageEvent[];
  /** The state for the next poll. A poll without changes gives no events. */
  readonly state: WatchState;
  /** There was no state to compare with: the events describe what exists, not what changed. */
  readonly first: boolean;
}

/** Limits the size of the stored state. */
const MAX_TAGS = 50_000;

/**
 * The tags of a list with the inventory's observation of each, for {@link watchImages}.
 *
 * @example
 * ```ts
 * import { createClient } from '@describe-image/core';
 * import { listImages, observeListing } from '@describe-image/core/images';
 *
 * const client = createClient({ credentials: { accessKeyId: 'testid', accessKeySecret: 'testsecret' } });
 * const images = observeListing(await listImages(client.call).all());
 * console.log(images.length);
 * ```
 *
 * @beta
 */
export function observeListing(listing: ImageListing): readonly ObservedDigests[] {
  return newestOfEachTag(listing.images).map((image) => ({
    image,
    inventory: inventoryObservation({ image, listing }),
    live: 'not-asked',
  }));
}

/**
 * Compares images with those of the last poll. A tag that is absent stays in the state, so that it is not new when a later list
 * contains it again. Images that are not in the inventory are skipped.
 *
 * @param watching - Identifies what is watched. A state of something else is ignored, as if this were the first poll.
 * @param images - From {@link observeListing}, or from `observeImage` for each reference.
 * @param nextLive - From `planLiveChecks`, if the host limits the calls of DescribeImage.
 * @throws {@link ValidationError} for more than 50,000 tags.
 *
 * @example
 * ```ts
 * import { createClient } from '@describe-image/core';
 * import { listImages, observeListing, watchImages } from '@describe-image/core/images';
 *
 * const client = createClient({ credentials: { accessKeyId: 'testid', accessKeySecret: 'testsecret' } });
 * const poll = async () => observeListing(await listImages(client.call, { repoName: 'api' }).all());
 * const { state } = watchImages(undefined, 'api', await poll());
 * const { events } = watchImages(state, 'api', await poll());
 * ```
 *
 * @beta
 */
export function watchImages(
  before: WatchState | undefined,
  watching: string,
  images: readonly ObservedDigests[],
  nextLive?: string,
): WatchResult {
  if (images.length > MAX_TAGS)
    throw new ValidationError(
      `watch: must match at most ${MAX_TAGS} tags, got ${images.length}; narrow the filter`,
    );
  const known = before?.watching === watching ? before.tags : undefined;
  const tags: Record<string, WatchedTag> = { ...known };
  const events: ImageEvent[] = [];
  for (const compared of images.flatMap(comparable)) {
    const key = tagKey(compared.image);
    const result = compareImage(key, tags[key], inPollOrder(tags[key], compared));
    tags[key] = result.tag;
    events.push(...result.events);
  }
  return {
    events,
    state: { version: 2, watching, nextLive, tags: newestTags(tags) },
    first: known === undefined,
  };
}

/** Polls follow each other, also if the clock was set back between them: an observation is newer than those of earlier polls. */
function inPollOrder(known: WatchedTag | undefined, compared: ComparedImage): ComparedImage {
  const { inventory, live } = compared;
  const earlier = Object.values(known?.observations ?? {}).map(({ observedAt }) => Date.parse(observedAt));
  const next = Math.max(...earlier) + 1;
  const inOrder = (observation: Observation): Observation =>
    observation.observedAt.getTime() >= next ? observation : { ...observation, observedAt: new Date(next) };
  return earlier.length === 0
    ? compared
    : { ...compared, inventory: inOrder(inventory), live: live && inOrder(live) };
}

/** An event as it would look for an existing tag, for a host that shows a sample. @beta */
export function sampleEvent(kind: ImageEvent['kind'], observed: ObservedDigests): ImageEvent | undefined {
  const [compared] = comparable(observed);
  if (compared === undefined) return undefined;
  const { image } = compared;
  const { events, tag } = compareImage(tagKey(image), undefined, compared);
  const event = events.find((candidate) => candidate.kind === kind);
  const { digest: to } = tag;
  if (event !== undefined || kind !== 'digestChanged' || to === undefined) return event;
  const { observedAt } = compared.live ?? compared.inventory;
  const unknown = { from: undefined, fromSince: undefined, movedBack: false, leftAt: undefined };
  return { id: `digestChanged ${tagKey(image)} ${to}`, kind, image, observedAt, to, ...unknown };
}

function comparable(observed: ObservedDigests): readonly ComparedImage[] {
  const { image, inventory, live } = observed;
  if (image === undefined || inventory === undefined) return [];
  const { liveCheck } = digestStatus(observed);
  return [
    {
      image,
      inventory,
      live: liveCheck === 'answered' && typeof live === 'object' ? live : undefined,
      liveCheck,
    },
  ];
}

/** The tags with the newest observations. */
function newestTags(tags: Readonly<Record<string, WatchedTag>>): Readonly<Record<string, WatchedTag>> {
  const entries = Object.entries(tags);
  if (entries.length <= MAX_TAGS) return tags;
  entries.sort(([, a], [, b]) => (a.seenAt < b.seenAt ? 1 : a.seenAt > b.seenAt ? -1 : 0));
  return Object.fromEntries(entries.slice(0, MAX_TAGS));
}
