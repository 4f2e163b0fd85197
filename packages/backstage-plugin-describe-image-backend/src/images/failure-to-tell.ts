import type { ImageFailure } from '@describe-image/backstage-plugin-describe-image-common';
import type { KnownImage } from './known-image.ts';

/**
 * Which failure a person must hear of. One source may know nothing of an image as long as the other gives its digest: that is
 * told by its absence. Every other failure is told, even where the other source answered.
 */
export function failureToTell({ inventory, live }: KnownImage): ImageFailure | undefined {
  if (inventory.failure !== undefined && !inventory.absent) return inventory.failure;
  if (live?.failure !== undefined && !live.absent) return live.failure;
  if (inventory.absent) return live !== undefined && hasDigest(live) ? undefined : inventory.failure;
  if (live?.absent) return hasDigest(inventory) ? undefined : live.failure;
  return undefined;
}

function hasDigest({ absent, answer }: KnownImage['inventory']): boolean {
  return !absent && answer?.digest !== undefined;
}
