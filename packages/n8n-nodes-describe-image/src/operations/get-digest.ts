import { describeImage, pinReference, resolveImage } from '@describe-image/core/images';
import { readTarget } from '../image-fields.ts';
import { repositoryOf } from '../simple-image.ts';
import { toJson } from '../to-json.ts';
import type { ImageOperation } from './image-operation.ts';

/** The digest that a tag points to now. */
export const getDigest: ImageOperation = async (node, call, itemIndex) => {
  const target = readTarget(node, itemIndex);
  const simplify = node.getNodeParameter('simplify', itemIndex, true) === true;
  if (typeof target !== 'string') {
    const described = await describeImage(call, target);
    if (!simplify) return [toJson(described)];
    const { digest, source, observedAt, requestId } = described;
    const {
      imageRegionId: regionId,
      imageInstanceId: instanceId,
      imageRepoId: repoId,
      imageTag: tag,
    } = target;
    return [toJson({ digest, tag, regionId, instanceId, repoId, source, observedAt, requestId })];
  }
  const resolved = await resolveImage(call, target);
  const pinned = pinReference(resolved.reference, resolved.digest);
  if (!simplify) return [toJson({ ...resolved, pinned })];
  const { digest, source, sourcesAgree, observedAt, requestId, image } = resolved;
  return [
    toJson({
      reference: target,
      digest,
      pinned,
      repository: repositoryOf(image),
      tag: image.tag,
      source,
      sourcesAgree,
      observedAt,
      requestId,
    }),
  ];
};
