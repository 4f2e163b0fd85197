import { createHash } from 'node:crypto';
import type { TagMove } from '@describe-image/core/images';
import type { ImageIdentity } from './image-identity.ts';

/** The same for the same move, whichever back end sees it: a name of 64 hex digits, which tells nothing of the image. */
export function moveId({ instance, key }: ImageIdentity, { from, to, fromSince }: TagMove): string {
  return createHash('sha256')
    .update(JSON.stringify([instance, key, from, to, fromSince]))
    .digest('hex');
}
