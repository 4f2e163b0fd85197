import { createHash } from 'node:crypto';
import type { ImageIdentity } from './image-identity.ts';

/** A name for an image that tells nothing of it: 32 hex digits. */
export function imageId({ instance, key }: ImageIdentity): string {
  return createHash('sha256')
    .update(JSON.stringify([instance, key]))
    .digest('hex')
    .slice(0, 32);
}
