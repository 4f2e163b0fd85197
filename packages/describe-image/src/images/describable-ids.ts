import type { DescribeImageInput } from '../operations/describe-image.ts';
import type { Image } from '../operations/image.ts';

/**
 * The ids by which DescribeImage can be asked for a row of the inventory. Rows of other registries carry ids that it is not
 * documented to take: there are none for them.
 *
 * @public
 */
export function describableIds({ regionId, instanceId, repoId, tag }: Image): DescribeImageInput | undefined {
  if (!regionId || !tag || !instanceId?.startsWith('cri-') || !repoId?.startsWith('crr-')) return undefined;
  return { imageRegionId: regionId, imageInstanceId: instanceId, imageRepoId: repoId, imageTag: tag };
}
