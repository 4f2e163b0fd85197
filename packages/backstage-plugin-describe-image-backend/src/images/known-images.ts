import type { CacheService } from '@backstage/backend-plugin-api';
import { z } from 'zod';
import { type ImageIdentity, nameOf } from '../history/image-identity.ts';
import { type KnownImage, knownImageSchema } from './known-image.ts';

/** What is known of images, shared by all back ends whose cache is. */
export interface KnownImages {
  /** Equal objects for equal entries, so that what was worked out of one can be kept with it. */
  read(identity: ImageIdentity): Promise<KnownImage | undefined>;
  write(identity: ImageIdentity, known: KnownImage): Promise<void>;
  /** For whoever has learnt otherwise that the image changed: the next question goes to the service. */
  forget(identity: ImageIdentity): Promise<void>;
}

/** Texts whose meaning is remembered, so that a warm page parses nothing. They take a few kilobytes each. */
const MOST_PARSED = 2000;

/** Keeps them in Backstage's cache, each as long as any of its sources is fresh. */
export function createKnownImages(cache: CacheService): KnownImages {
  const parsed = new Map<string, KnownImage>();
  return {
    async read(identity) {
      const text = await cache.get(keyOf(identity));
      if (typeof text !== 'string') return undefined;
      const remembered = parsed.get(text);
      if (remembered !== undefined) return remembered;
      const read = fromText.safeParse(text);
      if (!read.success) return undefined;
      if (parsed.size >= MOST_PARSED) parsed.clear();
      parsed.set(text, read.data);
      return read.data;
    },
    async write(identity, known) {
      const expiresAt = Math.max(known.inventory.expiresAt, known.live?.expiresAt ?? 0);
      const ttl = Math.max(1, expiresAt - known.askedAt);
      await cache.set(keyOf(identity), JSON.stringify(known), { ttl });
    },
    forget: (identity) => cache.delete(keyOf(identity)),
  };
}

const fromText = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'wanted JSON' });
      return z.NEVER;
    }
  })
  .pipe(knownImageSchema);

function keyOf(identity: ImageIdentity): string {
  return `image ${nameOf(identity)}`;
}
