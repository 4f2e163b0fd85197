import type { CacheService } from '@backstage/backend-plugin-api';
import type { JsonValue } from '@backstage/types';
import {
  type DeclaredImage,
  repositoryTagsSchema,
} from '@describe-image/backstage-plugin-describe-image-common';
import { assessRisk, lastChange, listTags } from '@describe-image/core/images';
import { z } from 'zod';
import { nameImage } from '../images/report-image.ts';
import type { Instance } from '../instances/open-instances.ts';
import { wireRisk } from '../store/wire-risk.ts';

const { tags, repository, incomplete, observedAt, requestId } = repositoryTagsSchema.shape;
const listedRepositorySchema = z.object({
  version: z.literal(1),
  repository,
  tags: z.array(tags.element.omit({ sharedWith: true })),
  incomplete,
  observedAt,
  requestId,
});

/** All tags of a repository, in the format of the cache. */
export type ListedRepository = z.infer<typeof listedRepositorySchema>;

/** Lists the repository of a declared image through the cache. Concurrent calls for a repository share one set of requests. */
export type ListRepository = (
  instance: Instance,
  image: Pick<DeclaredImage, 'key' | 'target'>,
) => Promise<ListedRepository>;

/** @param ttlMs - Lifetime of a list in the cache. */
export function createListRepository(cache: CacheService, ttlMs: number): ListRepository {
  const inFlight = new Map<string, Promise<ListedRepository>>();
  return async (instance, image) => {
    // Without the tag: images of one repository share its list.
    const name = `tags ${JSON.stringify([instance.name, image.key.replace(/:[^:/]*$/, '')])}`;
    const cached = listedRepositorySchema.safeParse(await cache.get(name));
    if (cached.success) return cached.data;
    const pending =
      inFlight.get(name) ??
      list(instance, image)
        .then(async (listed) => {
          // The schema consists of JSON types.
          await cache.set(name, listed as JsonValue, { ttl: ttlMs });
          return listed;
        })
        .finally(() => inFlight.delete(name));
    inFlight.set(name, pending);
    return pending;
  };
}

async function list(
  { call }: Instance,
  image: Pick<DeclaredImage, 'key' | 'target'>,
): Promise<ListedRepository> {
  const { images, listing } = await listTags(call, image.target);
  const id = listing.requestIds.at(-1);
  return {
    version: 1,
    repository: nameImage(image, images[0]).repository,
    tags: images.flatMap((row) => {
      const changed = lastChange(row);
      return row.tag === undefined
        ? []
        : {
            tag: row.tag,
            ...(row.digest !== undefined && { digest: row.digest }),
            ...(changed && { updatedAt: changed.toISOString() }),
            risk: wireRisk(row, assessRisk(row)),
            ...(row.deployed !== undefined && { deployed: row.deployed }),
          };
    }),
    incomplete: listing.inventoryChanged,
    observedAt: listing.observedAt.toISOString(),
    ...(id !== undefined && { requestId: id }),
  };
}
