import type { Image } from '../operations/image.ts';

/** A tag that was moved may have a row for each digest it had: the latest is what was known last. */
export function newestOfEachTag(images: readonly Image[]): readonly Image[] {
  const newest = new Map<string, Image>();
  for (const image of images) {
    const key = tagKey(image);
    const known = newest.get(key);
    if (known === undefined || lastChange(image) > lastChange(known)) newest.set(key, image);
  }
  return [...newest.values()];
}

/** Equal for rows of one tag, whatever it points to. */
export function tagKey({ regionId, instanceId, repoId, repoNamespace, repoName, tag }: Image): string {
  return JSON.stringify([regionId, instanceId, repoId ?? [repoNamespace, repoName], tag]);
}

function lastChange({ imageUpdate, imageCreate }: Image): number {
  return (imageUpdate ?? imageCreate)?.getTime() ?? 0;
}
