import type { CacheService } from '@backstage/backend-plugin-api';
import type { JsonValue } from '@backstage/types';
import type { ImageIdentity } from '../history/image-identity.ts';
import { type KnownImage, knownImageSchema } from './known-image.ts';

/** What is known of images, shared by all back ends whose cache is. */
export interface KnownImages {
  read(identity: ImageIdentity): Promise<KnownImage | undefined>;
  write(identity: ImageIdentity, known: KnownImage): Promise<void>;
  /** For whoever has learnt otherwise that the image changed: the next question goes to the service. */
  forget(identity: ImageIdentity): Promise<void>;
}

/** Keeps them in Backstage's cache, each as long as any of its sources is fresh. */
export function createKnownImages(cache: CacheService): KnownImages {
  return {
    async read(identity) {
      const read = knownImageSchema.safeParse(await cache.get(keyOf(identity)));
      return read.success ? read.data : undefined;
    },
    async write(identity, known) {
      const expiresAt = Math.max(known.inventory.expiresAt, known.live?.expiresAt ?? 0);
      // What was parsed from JSON, or is built of its types, is JSON.
      await cache.set(keyOf(identity), known as JsonValue, { ttl: Math.max(1, expiresAt - known.askedAt) });
    },
    forget: (identity) => cache.delete(keyOf(identity)),
  };
}

function keyOf({ instance, key }: ImageIdentity): string {
  return `image ${JSON.stringify([instance, key])}`;
}
