import type { CacheService } from '@backstage/backend-plugin-api';
import {
  failureSchema,
  type ImageFailure,
  imageReportSchema,
} from '@describe-image/backstage-plugin-describe-image-common';
import { z } from 'zod';
import { type ImageIdentity, nameOf } from '../store/image-identity.ts';
import type { StoredImage } from '../store/image-store.ts';
import { type Observation, observationCodec } from '../store/observation.ts';

const source = z.object({
  /** Epoch milliseconds. Until then, the source is not requested again. */
  expiresAt: z.number(),
  /** The last observation, whatever its age. */
  observation: observationCodec.optional(),
  /** Set when the last attempt failed. */
  failure: failureSchema.optional(),
});

const inventorySource = source.extend({
  /** The inventory responded that it has no such image. */
  absent: z.boolean(),
});

const knownImageCodec = z.object({
  version: z.literal(1),
  /** Epoch milliseconds of the last look-up. */
  lookedUpAt: z.number(),
  inventory: inventorySource,
  /** Absent when DescribeImage was not called. */
  live: source.optional(),
  lastMove: imageReportSchema.shape.lastMove,
});

/** The state of one source for an image. */
export type KnownSource = Readonly<z.output<typeof source>>;

/** The state of the inventory for an image. */
export type KnownInventory = Readonly<z.output<typeof inventorySource>>;

/** The known state of an image, by source. */
export type KnownImage = Readonly<z.output<typeof knownImageCodec>>;

/** The state of an image that was never looked up. */
export const UNKNOWN_IMAGE: KnownImage = {
  version: 1,
  lookedUpAt: -1,
  inventory: { expiresAt: 0, absent: false },
};

/** The known state of images in the cache, which several back ends can share. */
export interface KnownImages {
  /** Returns the same object for the same entry. Returns `undefined` for the format of another version of this package. */
  read(identity: ImageIdentity): Promise<KnownImage | undefined>;
  write(identity: ImageIdentity, known: KnownImage): Promise<void>;
  /** Removes an entry, so that the next look-up requests the service. */
  forget(identity: ImageIdentity): Promise<void>;
}

/** Number of entries that are kept parsed. An entry takes a few kilobytes. */
const MAX_PARSED = 2000;

/** Keeps known images in Backstage's cache. An entry expires when all of its sources have expired. */
export function createKnownImages(cache: CacheService): KnownImages {
  const parsed = new Map<string, KnownImage>();
  return {
    async read(identity) {
      const text = await cache.get(keyOf(identity));
      if (typeof text !== 'string') return undefined;
      const known = parsed.get(text) ?? json.safeParse(text).data;
      if (known === undefined) return undefined;
      if (parsed.size >= MAX_PARSED) parsed.clear();
      parsed.set(text, known);
      return known;
    },
    async write(identity, known) {
      const expiresAt = Math.max(known.inventory.expiresAt, known.live?.expiresAt ?? 0);
      const ttl = Math.max(1, expiresAt - known.lookedUpAt);
      await cache.set(keyOf(identity), json.encode(known), { ttl });
    },
    forget: (identity) => cache.delete(keyOf(identity)),
  };
}

const json = z
  .codec(z.string(), z.unknown(), {
    decode: (text, context) => {
      try {
        return JSON.parse(text);
      } catch {
        context.issues.push({ code: 'custom', input: text, message: 'expected JSON' });
        return z.NEVER;
      }
    },
    encode: (value) => JSON.stringify(value),
  })
  .pipe(knownImageCodec);

function keyOf(identity: ImageIdentity): string {
  return `image ${nameOf(identity)}`;
}

/** The stored state of an image as an expired cache entry. */
export function knownFromStore(stored: StoredImage): KnownImage {
  const { live, inventory, liveFailure, inventoryFailure, lastMove } = stored;
  return {
    version: 1,
    lookedUpAt: 0,
    inventory: {
      ...expiredSource(inventory, inventoryFailure),
      absent: inventoryFailure?.kind === 'not-found',
    },
    ...((live || liveFailure) && { live: expiredSource(live, liveFailure) }),
    ...(lastMove && { lastMove }),
  };
}

function expiredSource(observation: Observation | undefined, failure: ImageFailure | undefined): KnownSource {
  return { expiresAt: 0, ...(observation && { observation }), ...(failure && { failure }) };
}
