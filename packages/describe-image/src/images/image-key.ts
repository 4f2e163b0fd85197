import type { Image } from '../operations/image.ts';

/** Equal for two observations of one row: a tag by its ids, and what it pointed to. */
export function imageKey(image: Image): string {
  const { regionId, instanceId, repoId, repoNamespace, repoName, tag, uuid, digest } = image;
  return JSON.stringify([regionId, instanceId, repoId, repoNamespace, repoName, tag, uuid, digest]);
}
