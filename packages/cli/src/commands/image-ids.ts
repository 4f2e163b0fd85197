import type { DescribeImageInput } from '@describe-image/core';
import type { OptionValues } from '../option-values.ts';
import { UsageError } from '../usage-error.ts';

/** @throws UsageError naming the flags that are missing. */
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
    ? new UsageError('no image is named', `Give a reference, or all of ${missing.join(', ')}.`)
    : new UsageError(
        `missing: ${missing.join(', ')}`,
        'The four ids go together; `describe-image images --output json` has them all.',
      );
}
