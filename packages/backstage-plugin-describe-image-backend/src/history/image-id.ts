import { createHash } from 'node:crypto';
import { type ImageIdentity, nameOf } from './image-identity.ts';

/** A name for an image by which only those know it who know the image: 32 hex digits. */
export function imageId(identity: ImageIdentity): string {
  return createHash('sha256').update(nameOf(identity)).digest('hex').slice(0, 32);
}
