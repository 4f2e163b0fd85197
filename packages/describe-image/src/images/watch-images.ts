import { ValidationError } from '../errors/errors.ts';
import { compareObservation, type ImageEvent, type Observation } from './compare-observation.ts';
import type { ImageListing } from './list-images.ts';
import { newestOfEachTag, tagKey } from './newest-of-each-tag.ts';
import type { ResolvedImage } from './resolve-image.ts';
import type { WatchedTag, WatchState } from './watch-state.ts';

/** What came of one look. @public */
export interface WatchResult {
  readonly events: readonly ImageEvent[];
  /** Keep it for the next look. The same look twice gives no event the second time. */
  readonly state: WatchState;
  /** Nothing was known before: the events are what is there, not what changed. */
  readonly first: boolean;
}

/** A state for more tags than this would outgrow where hosts keep it. */
const MAX_TAGS = 5_000;

/** Every tag of a listing as a observation, in the inventory's words. */
export function observationsOf({ images, source, observedAt }: ImageListing): readonly Observation[] {
  return newestOfEachTag(images).map((image) => ({ image, digest: image.digest, source, observedAt }));
}

/** A resolved reference as a observation. */
export function observationOf({ image, digest, source, observedAt }: ResolvedImage): Observation {
  return { image, digest, source, observedAt };
}

/**
 * Compares what is there with what was there. Tags that are not there this time are remembered, so that a listing which
 * missed a row does not make it new.
 *
 * @param watching - What is being watched: where it differs from the state's, everything begins anew.
 * @throws {@link ValidationError} for more than 5,000 tags.
 *
 * @example
 * ```ts
 * import { createClient } from '@describe-image/core';
 * import { listImages, observationsOf, watchImages } from '@describe-image/core/images';
 *
 * const client = createClient({ credentials: { accessKeyId: 'testid', accessKeySecret: 'testsecret' } });
 * const look = async () => observationsOf(await listImages(client.call, { repoName: 'api' }).all());
 * const { state } = watchImages(undefined, 'api', await look());
 * const { events } = watchImages(state, 'api', await look());
 * ```
 *
 * @public
 */
export function watchImages(
  before: WatchState | undefined,
  watching: string,
  observations: readonly Observation[],
): WatchResult {
  if (observations.length > MAX_TAGS)
    throw new ValidationError(
      `watch: ${observations.length} tags fit, at most ${MAX_TAGS} can be watched; narrow the filter`,
    );
  const known = before?.watching === watching ? before.tags : undefined;
  const tags: Record<string, WatchedTag> = { ...known };
  const events: ImageEvent[] = [];
  for (const observation of observations) {
    const key = tagKey(observation.image);
    const compared = compareObservation(key, tags[key], observation);
    tags[key] = compared.tag;
    events.push(...compared.events);
  }
  return { events, state: { watching, tags: bounded(tags) }, first: known === undefined };
}

/** An event as it would look, made of a tag that is there: for a host that shows its users a sample. @public */
export function sampleEvent(kind: ImageEvent['kind'], observation: Observation): ImageEvent | undefined {
  const found = compareObservation(tagKey(observation.image), undefined, observation).events;
  const event = found.find((candidate) => candidate.kind === kind);
  if (event !== undefined || kind !== 'digestChanged' || observation.digest === undefined) return event;
  const { image, observedAt, digest: to } = observation;
  const unknown = { from: undefined, fromSince: undefined, movedBack: false, leftAt: undefined };
  return { id: `digestChanged ${tagKey(image)} ${to}`, kind, image, observedAt, to, ...unknown };
}

/** The tags that were seen last. */
function bounded(tags: Readonly<Record<string, WatchedTag>>): Readonly<Record<string, WatchedTag>> {
  const entries = Object.entries(tags);
  if (entries.length <= MAX_TAGS) return tags;
  entries.sort(([, a], [, b]) => (a.seenAt < b.seenAt ? 1 : a.seenAt > b.seenAt ? -1 : 0));
  return Object.fromEntries(entries.slice(0, MAX_TAGS));
}
