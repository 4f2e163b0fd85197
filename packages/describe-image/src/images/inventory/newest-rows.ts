import type { Image } from '../../operations/image.ts';

/** The time of the image's last change in the row; scans do not change an image. `undefined` if the row has none. @internal */
export function lastChange({ imageUpdate, imageCreate }: Image): Date | undefined {
  return imageUpdate ?? imageCreate;
}

/** Sorts the row that changed last to the front; rows without a time go last. */
export function newestFirst(a: Image, b: Image): number {
  return (lastChange(b)?.getTime() ?? 0) - (lastChange(a)?.getTime() ?? 0);
}

/** One row per tag: a tag that was moved can have a row for each of its digests. */
export function newestOfEachTag(images: readonly Image[]): readonly Image[] {
  return newestOfEach(images, tagKey);
}

/** One row per repository. */
export function newestOfEachRepository(images: readonly Image[]): readonly Image[] {
  return newestOfEach(images, (image) => JSON.stringify(repositoryIds(image)));
}

function newestOfEach(images: readonly Image[], keyOf: (image: Image) => string): readonly Image[] {
  const newest = new Map<string, Image>();
  for (const image of images) {
    const key = keyOf(image);
    const known = newest.get(key);
    if (known === undefined || newestFirst(image, known) < 0) newest.set(key, image);
  }
  return [...newest.values()];
}

/** Equal for all rows of one tag, whatever their digests. */
export function tagKey(image: Image): string {
  return JSON.stringify([...repositoryIds(image), image.tag]);
}

function repositoryIds({ regionId, instanceId, repoId, repoNamespace, repoName }: Image): unknown[] {
  return [regionId, instanceId, repoId ?? [repoNamespace, repoName]];
}
