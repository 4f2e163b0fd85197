import { createHash } from 'node:crypto';
import type { DeclaredImage } from '@describe-image/backstage-plugin-describe-image-common';
import type { TagMove } from '@describe-image/core/images';

/** Identifies an image across entities: entities that declare the same image share its history. */
export interface ImageIdentity {
  /** Name of the configured instance. */
  readonly instance: string;
  /** {@link DeclaredImage.key} */
  readonly key: string;
}

/** A text for use as a map key. */
export function nameOf({ instance, key }: ImageIdentity): string {
  return JSON.stringify([instance, key]);
}

/** A hash of 32 hex digits that identifies an image in signals without revealing its name. */
export function imageId(identity: ImageIdentity): string {
  return sha256(nameOf(identity)).slice(0, 32);
}

/** A hash of 64 hex digits that is the same in all back ends that observe the move. */
export function moveId({ instance, key }: ImageIdentity, { from, to, fromSince }: TagMove): string {
  return sha256(JSON.stringify([instance, key, from, to, fromSince]));
}

/** A hash of 64 hex digits for the text that identifies an event in all back ends. */
export function eventId(text: string): string {
  return sha256(text);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
