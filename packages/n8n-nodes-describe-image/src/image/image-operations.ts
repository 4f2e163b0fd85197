import { assessRisk, findTags, listImages, pinReference } from '@describe-image/core/images';
import { getDigest, getRisk, verify } from './digest-operations.ts';
import { getVulnerabilities } from './get-vulnerabilities.ts';
import { readFilter } from './image-filter.ts';
import { simpleImageJson, toJson } from './image-json.ts';
import { type ImageOperation, readSimplify } from './image-operation.ts';

const getMany: ImageOperation = async (item) => {
  const { node, call, itemIndex } = item;
  const filter = readFilter(node.getNodeParameter('filters', itemIndex, {}));
  const simplify = readSimplify(item);
  const returnAll = node.getNodeParameter('returnAll', itemIndex, false) === true;
  const limit = returnAll ? undefined : Number(node.getNodeParameter('limit', itemIndex, 50));
  const newestFirst = node.getNodeParameter('newestFirst', itemIndex, true) === true;
  const { images } = await listImages(call, filter, { limit, newestFirst }).all();
  return images.map((image) => {
    const { digest } = image;
    return {
      lead: toJson({ pinned: digest && pinReference({ image }, digest), digest }),
      json: simplify ? simpleImageJson(image) : toJson({ ...image, risk: assessRisk(image) }),
    };
  });
};

const findTagsByDigest: ImageOperation = async ({ node, call, itemIndex }) => {
  const digest = String(node.getNodeParameter('digest', itemIndex, '')).trim();
  const filter = { ...readFilter(node.getNodeParameter('filters', itemIndex, {})), digest: undefined };
  const found = await findTags(call, digest, { filter });
  const { tags, searchedBy, inventoryChanged, observedAt, images } = found;
  return [
    {
      lead: {},
      json: toJson({
        digest: found.digest,
        found: images.length > 0,
        tags,
        images: images.map(simpleImageJson),
        searchedBy,
        inventoryChanged,
        observedAt,
      }),
    },
  ];
};

/** The operations by the value of the parameter `operation`. */
export const IMAGE_OPERATIONS: ReadonlyMap<unknown, ImageOperation> = new Map([
  ['findTags', findTagsByDigest],
  ['get', getDigest],
  ['getAll', getMany],
  ['getRisk', getRisk],
  ['getVulnerabilities', getVulnerabilities],
  ['verify', verify],
]);
