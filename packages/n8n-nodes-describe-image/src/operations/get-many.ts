import { assessRisk, listImages } from '@describe-image/core/images';
import { readFilter } from '../read-filter.ts';
import { simpleImage } from '../simple-image.ts';
import { toJson } from '../to-json.ts';
import type { ImageOperation } from './image-operation.ts';

/** Images of the inventory. */
export const getMany: ImageOperation = async (node, call, itemIndex) => {
  const filter = readFilter(node.getNodeParameter('filters', itemIndex, {}));
  const simplify = node.getNodeParameter('simplify', itemIndex, true) === true;
  const returnAll = node.getNodeParameter('returnAll', itemIndex, false) === true;
  const limit = returnAll ? undefined : Number(node.getNodeParameter('limit', itemIndex, 50));
  const newestFirst = node.getNodeParameter('newestFirst', itemIndex, true) === true;
  const { images } = await listImages(call, filter, { limit, newestFirst }).all();
  return images.map((image) =>
    simplify ? simpleImage(image) : toJson({ ...image, risk: assessRisk(image) }),
  );
};
