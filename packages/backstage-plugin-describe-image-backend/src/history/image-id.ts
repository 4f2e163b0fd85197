import { createHash } from 'node:crypto';
import type { ImageIdentity } from './image-identity.ts';

/** A name for an image by which only those know it who know the image: 32 hex digits. */
export function imageId({ instance, key }: ImageIdentity): string {
  return createHash('sha256')
    .update(JSON.stringify([instance, key]))
    .digest('hex')
    .slice(0, 32);
}
