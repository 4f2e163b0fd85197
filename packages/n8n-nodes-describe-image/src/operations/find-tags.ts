import { findTags as findTagsOf } from '@describe-image/core/images';
import { readFilter } from '../read-filter.ts';
import { simpleImage } from '../simple-image.ts';
import { toJson } from '../to-json.ts';
import type { ImageOperation } from './image-operation.ts';

/** Every tag that points to a digest, as far as the inventory knows. */
export const findTags: ImageOperation = async (node, call, itemIndex) => {
  const digest = String(node.getNodeParameter('digest', itemIndex, '')).trim();
  const filter = { ...readFilter(node.getNodeParameter('filters', itemIndex, {})), digest: undefined };
  const found = await findTagsOf(call, digest, { filter });
  const { tags, searchedBy, inventoryChanged, observedAt, images } = found;
  return [
    toJson({
      digest: found.digest,
      found: images.length > 0,
      tags,
      images: images.map(simpleImage),
      searchedBy,
      inventoryChanged,
      observedAt,
    }),
  ];
};
