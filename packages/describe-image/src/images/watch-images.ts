import { ValidationError } from '../errors/validation-error.ts';
import { compareSighting, type ImageEvent, type Sighting } from './compare-sighting.ts';
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

/** Every tag of a listing as a sighting, in the inventory's words. */
export function sightingsOf({ images, source, observedAt }: ImageListing): readonly Sighting[] {
  return newestOfEachTag(images).map((image) => ({ image, digest: image.digest, source, observedAt }));
}

/** A resolved reference as a sighting. */
export function sightingOf({ image, digest, source, observedAt }: ResolvedImage): Sighting {
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
 * import { listImages, sightingsOf, watchImages } from '@describe-image/core/images';
 *
 * const client = createClient({ credentials: { accessKeyId: 'testid', accessKeySecret: 'testsecret' } });
 * const look = async () => sightingsOf(await listImages(client.call, { repoName: 'api' }).all());
 * const { state } = watchImages(undefined, 'api', await look());
 * const { events } = watchImages(state, 'api', await look());
 * ```
 *
 * @public
 */
export function watchImages(
  before: WatchState | undefined,
  watching: string,
  sightings: readonly Sighting[],
): WatchResult {
  if (sightings.length > MAX_TAGS)
    throw new ValidationError(
      `watch: ${sightings.length} tags fit, at most ${MAX_TAGS} can be watched; narrow the filter`,
    );
  const known = before?.watching === watching ? before.tags : undefined;
  const tags: Record<string, WatchedTag> = { ...known };
  const events: ImageEvent[] = [];
  for (const sighting of sightings) {
    const key = tagKey(sighting.image);
    const compared = compareSighting(key, tags[key], sighting);
    tags[key] = compared.tag;
    events.push(...compared.events);
  }
  return { events, state: { watching, tags: bounded(tags) }, first: known === undefined };
}

/** An event as it would look, made of a tag that is there: for a host that shows its users a sample. @public */
export function sampleEvent(kind: ImageEvent['kind'], sighting: Sighting): ImageEvent | undefined {
  const found = compareSighting(tagKey(sighting.image), undefined, sighting).events;
  const event = found.find((candidate) => candidate.kind === kind);
  if (event !== undefined || kind !== 'digestChanged' || sighting.digest === undefined) return event;
  const { image, observedAt, digest: to } = sighting;
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
