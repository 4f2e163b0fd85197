import type { DeclaredImage } from '@describe-image/backstage-plugin-describe-image-common';

/** An image whoever declares it: two entities that name the same one share its history. */
export interface ImageIdentity {
  /** Name of the configured instance. */
  readonly instance: string;
  /** {@link DeclaredImage.key} */
  readonly key: string;
}

/** The same text for the same image, to look it up by. */
export function nameOf({ instance, key }: ImageIdentity): string {
  return JSON.stringify([instance, key]);
}
