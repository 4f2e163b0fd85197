import type { DescribeImageInput } from '@describe-image/core';
import type { OptionDefinition } from '../command-definition.ts';
import { UsageError } from '../command-error.ts';
import type { OptionValues } from '../option-values.ts';

export const IMAGE_REGION_OPTION: OptionDefinition = {
  flags: '--image-region <id>',
  description: 'region of the image, when --region selects only the endpoint',
};
export const INSTANCE_OPTION: OptionDefinition = {
  flags: '--instance <id>',
  description: 'registry instance, for example cri-…',
};
export const REPO_OPTION: OptionDefinition = {
  flags: '--repo <id>',
  description: 'repository id, for example crr-…',
};
export const TAG_OPTION: OptionDefinition = { flags: '--tag <tag>', description: 'tag of the image' };

/** The four ids of an image. @throws UsageError naming the flags that are missing. */
export function imageIds(options: OptionValues): DescribeImageInput {
  const imageRegionId = options.text('imageRegion') ?? options.text('region');
  const imageInstanceId = options.text('instance');
  const imageRepoId = options.text('repo');
  const imageTag = options.text('tag');
  if (imageRegionId && imageInstanceId && imageRepoId && imageTag)
    return { imageRegionId, imageInstanceId, imageRepoId, imageTag };
  const given = {
    '--region': imageRegionId,
    '--instance': imageInstanceId,
    '--repo': imageRepoId,
    '--tag': imageTag,
  };
  const missing = Object.entries(given).flatMap(([flag, value]) => (value ? [] : [flag]));
  throw missing.length === Object.keys(given).length
    ? new UsageError('no image given', `Give a reference, or all of ${missing.join(', ')}.`)
    : new UsageError(
        `missing: ${missing.join(', ')}`,
        'All four ids are required. `describe-image images --output json` lists them.',
      );
}
